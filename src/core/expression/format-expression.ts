import type { Expression } from './expression.js';

/** An expression as text again, for messages. */
export function formatExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return typeof expression.value === 'string' ? `'${expression.value.replaceAll("'", "''")}'` : String(expression.value);
    case 'context':
      return expression.name;
    case 'access':
      return formatHead(expression.of) + formatKey(expression.key);
    case 'every':
      return `${formatHead(expression.of)}.*`;
    case 'call':
      return `${expression.name}(${expression.args.map(formatExpression).join(', ')})`;
    case 'not':
      return `!${formatOperand(expression.of)}`;
    case 'compare':
      return `${formatOperand(expression.left)} ${expression.operator} ${formatOperand(expression.right)}`;
    case 'logic':
      return expression.args.map(formatOperand).join(` ${expression.operator} `);
  }
}

const plainName = /^[A-Za-z_][\w-]*$/;

function formatKey(key: Expression): string {
  return key.kind === 'literal' && typeof key.value === 'string' && plainName.test(key.value) ? `.${key.value}` : `[${formatExpression(key)}]`;
}

/** What properties are read from: only names, calls and their properties do without parentheses. */
function formatHead(expression: Expression): string {
  const text = formatOperand(expression);
  return expression.kind === 'literal' || expression.kind === 'not' ? `(${text})` : text;
}

function formatOperand(expression: Expression): string {
  const text = formatExpression(expression);
  return expression.kind === 'compare' || expression.kind === 'logic' ? `(${text})` : text;
}
