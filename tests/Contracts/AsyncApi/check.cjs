// node check.cjs FOLDER DOCUMENT: says what the parser in FOLDER/node_modules finds wrong with an AsyncAPI document, a line each.
const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');

const [folder, document] = process.argv.slice(2);
const { Parser } = createRequire(`${folder}/package.json`)('@asyncapi/parser');
const Severity = ['error', 'warning'];

new Parser().parse(readFileSync(document, 'utf8')).then(({ diagnostics }) => {
  const found = diagnostics.filter((one) => one.severity < Severity.length);
  for (const one of found) {
    console.log(`${Severity[one.severity]} ${one.path.join('.')}: ${one.message} (${one.code})`);
  }
  process.exitCode = found.length > 0 ? 1 : 0;
});
