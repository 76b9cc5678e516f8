// Verifies a pact: node check.cjs FOLDER-WITH-NODE-MODULES PACT MESSAGES. Stands in the provider's place, and says what MESSAGES has.
const [modules, pact, file] = process.argv.slice(2);
const { createRequire } = require('node:module');
const { Verifier, setLogLevel } = createRequire(`${modules}/`)('@pact-foundation/pact-core');
const messages = JSON.parse(require('node:fs').readFileSync(file, 'utf8'));

const server = require('node:http').createServer((request, response) => {
  let asked = '';
  request.on('data', (part) => (asked += part));
  request.on('end', () => {
    const message = messages[JSON.parse(asked).description];
    if (!message) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': message.metadata.contentType,
      'pact-message-metadata': Buffer.from(JSON.stringify(message.metadata)).toString('base64'),
    });
    response.end(JSON.stringify(message.content));
  });
});

server.listen(0, '127.0.0.1', async () => {
  const { port } = server.address();
  setLogLevel('error');
  try {
    await new Verifier({
      providerBaseUrl: `http://127.0.0.1:${port}`,
      provider: JSON.parse(require('node:fs').readFileSync(pact, 'utf8')).provider.name,
      pactUrls: [pact],
      transports: [{ protocol: 'message', port, path: '/' }],
      logLevel: 'error',
    }).verify();
    process.exitCode = 0;
  } catch (error) {
    console.log(String(error));
    process.exitCode = 1;
  }
  server.close();
});
