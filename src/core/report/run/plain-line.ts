import { escapeHidden } from '../visible-text.js';

/** What a program says to a terminal: colours, cursor moves, titles, links. */
const terminalSequence = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[ -/]*[0-~]/gu;
const longest = 4_000;
const tabWidth = 8;

/** A line of a program's output as it stands on paper: no colours, and of a progress bar its last state. */
export function toPlainLine(line: string, most = longest): string {
  const text = lastState(line.slice(0, most * 4).replace(terminalSequence, ''));
  const shown = escapeHidden(expandTabs(text));
  return shown.length > most ? `${shown.slice(0, most)}…` : shown;
}

/** What a carriage return wrote over is what nobody saw. */
function lastState(text: string): string {
  return text.split('\r').findLast((state) => state !== '') ?? '';
}

function expandTabs(text: string): string {
  if (!text.includes('\t')) return text;
  let expanded = '';
  for (const character of text) expanded += character === '\t' ? ' '.repeat(tabWidth - (expanded.length % tabWidth)) : character;
  return expanded;
}
