/** Draws lines over those that were drawn before, in a terminal. */
export function createDrawing(write: (text: string) => void): (lines: readonly string[]) => void {
  let drawn = 0;
  return (lines) => {
    const back = drawn === 0 ? '' : `\u001b[${drawn}A`;
    drawn = lines.length;
    // Each line is cleared behind its text, and what is left of a longer picture below it.
    write(`${back}\r${lines.map((line) => `${line}\u001b[K\n`).join('')}\u001b[J`);
  };
}
