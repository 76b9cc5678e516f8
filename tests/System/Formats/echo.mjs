// Reads a message as the sample does, and writes the same message in a format.
import { open, write } from '../../../samples/node-payments/formats.js';

let text = '';
for await (const chunk of process.stdin.setEncoding('utf8')) {
  text += chunk;
}
const came = JSON.parse(text);
const { messageId, messageType, message } = open(came, JSON.parse(came.body));
const { body, properties } = write(process.argv[2], { messageId, correlationId: came.sagaId, messageType, message }, '/echo');
console.log(JSON.stringify({ headers: {}, ...properties, body: JSON.stringify(body) }));
