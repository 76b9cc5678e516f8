// A payment gateway as its sandbox would be: idempotent by key, with test tokens that misbehave. Its book is no part of our transactions.
const FlakyFailures = 2;
const RefundsThatFail = 4;

export class Gateway {
  constructor(pool, patience) {
    Object.assign(this, { pool, patience });
  }

  async charge(key, token, amount, currency) {
    const charge = await this.#change(
      `insert into gateway_charge as g (key, state, token, amount, currency) values ($1, $2, $3, $4, $5)
       on conflict (key) do update set attempts = g.attempts + 1,
           state = case when g.state = 'attempted' and g.attempts + 1 > ${FlakyFailures} then 'charged' else g.state end
       returning *`,
      [key, token === 'tok_declined' ? 'declined' : token === 'tok_flaky' ? 'attempted' : 'charged', token, amount, currency],
    );
    if (charge.state === 'attempted') {
      throw new Error('The gateway failed. Nobody knows whether it took the money.');
    }
    if (token === 'tok_timeout' || (token === 'tok_answers_later' && charge.attempts === 1)) {
      // It takes the money and does not answer.
      await new Promise((resolve) => setTimeout(resolve, this.patience));
      return undefined;
    }
    return charge;
  }

  // A charge that never came is refused when it comes after this.
  async refund(key) {
    const charge = await this.#change(
      `insert into gateway_charge as g (key, state) values ($1, 'voided')
       on conflict (key) do update set
           attempts = case when g.state = 'charged' then -1 else g.attempts - 1 end,
           state = case when g.state in ('declined', 'voided', 'refunded') then g.state
                        when g.token = 'tok_norefund' or (g.token = 'tok_refund_later' and g.attempts > -${RefundsThatFail}) then 'refunding'
                        else 'refunded' end
       returning *`,
      [key],
    );
    if (charge.state === 'refunding') {
      throw new Error('The gateway could not refund now.');
    }
    return charge;
  }

  async #change(sql, parameters) {
    const { rows } = await this.pool.query(sql, parameters);
    return rows[0];
  }
}

export const referenceOf = (key) => `ch_${key.replaceAll('-', '').slice(0, 16)}`;
