/** Where a stream of text goes. */
export interface TextStream {
  write(text: string): unknown;
  /** Whether a person is looking at it. */
  readonly isTTY?: boolean | undefined;
  /** Width of the terminal. */
  readonly columns?: number | undefined;
}

/** What a command uses of the process that it runs in. */
export interface Io {
  /** Results, and nothing else. */
  readonly stdout: TextStream;
  /** Everything that is no result. */
  readonly stderr: TextStream;
  /**
   * Where `-` is read from.
   *
   * @default - standard input of the process
   */
  readonly stdin?: AsyncIterable<Uint8Array | string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
}

/** Columns where nobody says how wide the output is, as in a file. */
export const DEFAULT_WIDTH = 100;

/** Narrowest and widest text that is still read with ease. */
const [LEAST_WIDTH, MOST_WIDTH] = [80, 140];

/** Columns for text on a stream. */
export function widthOf({ isTTY, columns }: TextStream): number {
  if (isTTY !== true || columns === undefined) return DEFAULT_WIDTH;
  return Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, columns));
}

/** When text is coloured. */
export const COLOURS = ["auto", "always", "never"] as const;

/**
 * Whether text on standard output is coloured. `auto` means on a terminal that can, unless `NO_COLOR` is set
 * (https://no-color.org).
 */
export function isColoured(choice: (typeof COLOURS)[number], { stdout, env }: Io): boolean {
  if (choice !== "auto") return choice === "always";
  const refused = env["NO_COLOR"] !== undefined && env["NO_COLOR"] !== "";
  return stdout.isTTY === true && !refused && env["TERM"] !== "dumb";
}
