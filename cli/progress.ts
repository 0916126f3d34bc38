import { printable } from "../report/layout.js";
import type { TextStream } from "./io.js";

/** What is shown while a program runs. */
export interface Progress {
  /** Shows what is going on, on a terminal only. */
  readonly show: (what: string) => void;
  /** Passes on a line that the program printed. */
  readonly line: (text: string) => void;
  /** Takes the message away. */
  readonly clear: () => void;
}

const CLEAR_LINE = "\r\u001b[K";

/** Progress on a stream. Quiet shows nothing, the lines of the program included. */
export function progressOn(stream: TextStream, quiet: boolean): Progress {
  const shows = stream.isTTY === true && !quiet;
  let message = "";
  const clear = (): void => {
    if (message !== "") stream.write(CLEAR_LINE);
    message = "";
  };
  const show = (what: string): void => {
    if (!shows) return;
    message = `ringfence: ${printable(what)} ...`;
    stream.write(message);
  };
  return {
    show,
    clear,
    line: (text) => {
      if (quiet) return;
      const shown = message;
      clear();
      stream.write(`program: ${text}\n`);
      message = shown;
      if (shown !== "") stream.write(shown);
    },
  };
}
