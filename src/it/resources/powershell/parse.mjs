// Reads each of the files with the PowerShell grammar; names what it does not understand and ends with 1 then.
import { readFileSync } from 'node:fs';
import { Language, Parser } from 'web-tree-sitter';

await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load('node_modules/tree-sitter-powershell/tree-sitter-powershell.wasm'));

function mistakes(node) {
  const own = node.type === 'ERROR' || node.isMissing ? [node] : [];
  return own.concat(node.children.flatMap(mistakes));
}

let status = 0;
for (const file of process.argv.slice(2)) {
  for (const node of mistakes(parser.parse(readFileSync(file, 'utf8')).rootNode)) {
    console.log(`${file}:${node.startPosition.row + 1}: ${node.type} ${node.text.slice(0, 80)}`);
    status = 1;
  }
}
process.exit(status);
