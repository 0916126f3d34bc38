import type { AnyRuleId } from "../rules/index.js";

/** What keeps an application running through failures and changes: for whoever asks for it. */
export const RELIABILITY = [] as const satisfies readonly AnyRuleId[];
