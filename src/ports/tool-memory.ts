/** What commands such as `node --version` answered, as long as the program behind them is the very same file. */
export interface ToolMemory {
  readonly recall: (command: string, path: string) => string | undefined;
  readonly keep: (command: string, path: string, answer: string) => void;
}
