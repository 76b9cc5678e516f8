// How a message is written: MassTransit's envelope, the message alone (json), or a CloudEvent, structured or binary. A command is read by
// its content type. Its saga.replyFormat says how it is answered; an envelope when that is left out.
const Envelope = 'application/vnd.masstransit+json';
const CloudEvent = 'application/cloudevents+json';
const Json = 'application/json';
const Prefix = 'cloudEvents:';

// The same members whatever the format, and where the id stands.
export function open({ contentType, type, messageId, headers = {} }, body) {
  const media = contentType?.split(';')[0].trim().toLowerCase();
  if (media === CloudEvent) {
    return { messageId: body.id, messageType: [body.type], message: body.data, idAt: 'id', messageAt: 'data' };
  }
  if (media === Json && headers[`${Prefix}specversion`]) {
    const [messageId, type] = [headers[`${Prefix}id`], headers[`${Prefix}type`]];
    return { messageId, messageType: [type], message: body, idAt: `headers.${Prefix}id`, messageAt: '' };
  }
  if (media === Json && type) {
    return { messageId, messageType: [type], message: body, idAt: 'properties.message-id', messageAt: '' };
  }
  return { ...body, idAt: 'messageId', messageAt: 'message' };
}

// Body and properties of an answer, which the fence gives as an envelope.
export function write(format, envelope, source) {
  const { messageId, correlationId, messageType: [type], message } = envelope;
  const event = { specversion: '1.0', id: messageId, source, type, time: new Date().toISOString(), subject: correlationId };
  switch (format) {
    case 'json':
      return { body: message, properties: { contentType: Json, type, messageId, correlationId } };
    case 'cloudevents':
      return { body: { ...event, datacontenttype: Json, data: message }, properties: { contentType: CloudEvent, messageId } };
    case 'cloudevents-binary': {
      const headers = Object.fromEntries(Object.entries(event).map(([name, value]) => [Prefix + name, value]));
      return { body: message, properties: { contentType: Json, messageId, headers } };
    }
    default:
      return { body: envelope, properties: { contentType: Envelope, messageId } };
  }
}
