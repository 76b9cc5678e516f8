// The steps of payments: the business of this service.
import { decimal, text } from './checks.js';
import { referenceOf } from './gateway.js';

const Messages = 'urn:message:SagaOrchestrator.Messages.Orders.Payments:';

export const payments = (gateway, cardLimit) => {
  const step = {
    async callDo({ amount, currency, paymentToken }, { sagaId }) {
      return Number(amount) > cardLimit ? 'above the limit' : gateway.charge(sagaId, paymentToken, amount, currency);
    },

    async do(database, { orderId, customerId, amount, currency }, { sagaId }, { value, error }) {
      if (error) {
        return { outcome: 'faulted', code: 'gateway_error', reason: error.message };
      }
      if (value === undefined) {
        return { outcome: 'no_answer' };
      }
      if (value === 'above the limit') {
        return { outcome: 'rejected', code: 'card_limit_exceeded', reason: `${amount} ${currency} is above the card limit of ${cardLimit}.` };
      }
      if (value.state !== 'charged') {
        return { outcome: 'rejected', code: 'card_declined', reason: 'The gateway declined the card. No money was taken.' };
      }
      await enter(database, 'charge', sagaId, orderId, customerId, value);
      return { outcome: 'completed', result: { paymentId: `P-${sagaId.replaceAll('-', '')}`, gatewayReference: referenceOf(sagaId) } };
    },

    callUndo: (_, { sagaId }) => gateway.refund(sagaId),

    async undo(database, { orderId, customerId }, { sagaId }, { value, error }) {
      if (error) {
        return { code: 'external_error', reason: error.message };
      }
      if (value.state === 'refunded') {
        // A charge whose outcome stayed unknown to us was not entered.
        await enter(database, 'charge', sagaId, orderId, customerId, value);
        await enter(database, 'refund', sagaId, orderId, customerId, value);
      }
    },
  };
  return {
    [`${Messages}ProcessPayment`]: {
      step,
      fields: {
        orderId: text(1, 100),
        customerId: text(1, 100),
        amount: decimal(1e12),
        currency: text(3, 3),
        paymentToken: text(1, 200),
      },
    },
    [`${Messages}RefundPayment`]: { step, undo: true, fields: { orderId: text(1, 100), customerId: text(1, 100) } },
  };
};

const enter = (database, kind, sagaId, orderId, customerId, { amount, currency }) =>
  database.query(
    `insert into ledger_entry (saga_id, kind, order_id, customer_id, amount, currency, gateway_reference)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [sagaId, kind, orderId, customerId, amount, currency, referenceOf(sagaId)],
  );
