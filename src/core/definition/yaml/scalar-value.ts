const numberStart = /^[-+.0-9]/;
const integer = /^[-+]?[0-9]+$/;
const octal = /^0o[0-7]+$/;
const hexadecimal = /^0x[0-9a-fA-F]+$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const infinity = /^[-+]?\.(?:inf|Inf|INF)$/;

/** What unquoted text stands for by the core schema of YAML 1.2: `no`, `on` and `012` are no booleans and no octals. */
export function readPlainValue(text: string): string | number | boolean | null {
  switch (text) {
    case '':
    case '~':
    case 'null':
    case 'Null':
    case 'NULL':
      return null;
    case 'true':
    case 'True':
    case 'TRUE':
      return true;
    case 'false':
    case 'False':
    case 'FALSE':
      return false;
    case '.nan':
    case '.NaN':
    case '.NAN':
      return NaN;
    default:
      return numberStart.test(text) ? readNumber(text) : text;
  }
}

function readNumber(text: string): string | number {
  if (integer.test(text)) return parseInt(text, 10);
  if (float.test(text)) return parseFloat(text);
  if (octal.test(text)) return parseInt(text.slice(2), 8);
  if (hexadecimal.test(text)) return parseInt(text, 16);
  if (infinity.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return text;
}
