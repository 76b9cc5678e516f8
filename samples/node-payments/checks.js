// Whether a message is what the contract says. See: contract --format jsonschema.
import { open } from './formats.js';

const Uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const kindOf = (value) =>
  value === undefined ? 'nothing'
  : value === null ? 'null'
  : Array.isArray(value) ? 'a list'
  : typeof value === 'object' ? 'an object'
  : typeof value === 'string' ? `a string of ${[...value].length} characters`
  : `a ${typeof value}`;

const check = (expected, holds) => ({ expected, holds });

export const text = (least, most) =>
  check(`a text of ${least} to ${most} characters`, (value) =>
    typeof value === 'string' && [...value].length >= least && [...value].length <= most && !value.includes('\0') && (least === 0 || value.trim() !== ''));
export const whole = (least, most) => check(`a whole number from ${least} to ${most}`, (value) => Number.isInteger(value) && value >= least && value <= most);
export const decimal = (most) =>
  check(`a decimal from 0 to ${most}`, (value) => /^[0-9]{1,29}(\.[0-9]+)?$/.test(String(value)) && Number(value) <= most);
export const id = check('a UUID of 36 characters', (value) => typeof value === 'string' && Uuid.test(value) && !/^[0-]+$/.test(value));
export const word = (...words) => check(`one of: ${words.join(', ')}`, (value) => words.includes(value));

const saga = {
  sagaId: id,
  sagaType: text(1, 200),
  businessKey: text(1, 200),
  step: text(1, 200),
  direction: word('do', 'undo'),
  attempt: whole(1, 2147483647),
  commandId: id,
  replyTo: text(1, 200),
};

// The first field that is not what it should be; fields that we do not know are passed over.
function refuse(object, fields, path) {
  for (const [name, { expected, holds }] of Object.entries(fields)) {
    if (!holds(object[name])) {
      return refusal(`${path}${name}`, expected, kindOf(object[name]));
    }
  }
}

const refusal = (path, expected, got, reason = 'malformed') => ({
  reason,
  path,
  expected,
  got,
  message: `${path && `${path}: `}Expected ${expected}, got ${got}. Have its sender correct it and send it anew, under a new messageId.`,
});

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

// Why a delivery is no command of ours; nothing when it is. stepOf says what a message type is, or undefined.
export function refusalOf({ content, properties }, stepOf) {
  let body;
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content));
  } catch {
    return refusal('', 'valid JSON', 'something else');
  }
  if (!isObject(body)) {
    return refusal('', 'an object', kindOf(body));
  }
  const { messageId, messageType, message, idAt, messageAt } = open(properties, body);
  if (!id.holds(messageId)) {
    return refusal(idAt, id.expected, kindOf(messageId));
  }
  if (!Array.isArray(messageType) || typeof messageType[0] !== 'string') {
    return refusal('messageType', 'a list of 1 to 50 entries', kindOf(messageType));
  }
  const step = stepOf(messageType[0]);
  if (!step) {
    return { reason: 'unknown-message-type', message: `Nobody here handles ${messageType[0]}.` };
  }
  if (!isObject(message)) {
    return refusal(messageAt, 'an object', kindOf(message));
  }
  if (!isObject(message.saga)) {
    return refusal('saga', 'an object', kindOf(message.saga));
  }
  const expected = step.undo ? 'undo' : 'do';
  return refuse(message.saga, saga, 'saga.') ?? refuse(message, step.fields, '') ??
    (message.saga.direction === expected ? undefined : refusal('saga.direction', `'${expected}' for this message`, 'another word'));
}
