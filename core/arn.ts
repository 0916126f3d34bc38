import { InputError, issue } from "./issue.js";

declare const brand: unique symbol;

/** An Amazon Resource Name, such as `arn:aws:iam::111122223333:role/platform`. Still a string. */
export type Arn = string & { readonly [brand]: "Arn" };

/** The parts of an {@link Arn}. `region` and `account` are empty where the service has none. */
export interface ArnParts {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** All behind the fifth colon: `role/platform`. */
  readonly resource: string;
}

const FORM = /^arn:(aws[a-z-]*):([a-z0-9-]+):([a-z0-9-]*):(\d{12}|aws|):(.+)$/s;

/** Parsing of {@link Arn} (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html). */
export const Arn = {
  /**
   * @param path Where the text stands, for the message.
   * @throws InputError when the text is not an ARN.
   */
  parse(text: string, path = "arn"): Arn {
    if (!FORM.test(text))
      throw new InputError("Arn", [
        issue("Malformed", path, "must be an ARN", text, "Write it like 'arn:aws:iam::111122223333:role/platform'"),
      ]);
    return text as Arn;
  },

  /** The parts, or `undefined` for what is not an ARN. */
  parts(text: string): ArnParts | undefined {
    const m = FORM.exec(text);
    if (m === null) return undefined;
    const [, partition = "", service = "", region = "", account = "", resource = ""] = m;
    return { partition, service, region, account, resource };
  },
} as const;
