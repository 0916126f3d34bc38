/** The stack that is previewed when nobody names one. */
export const DEFAULT_STACK = "dev";

/** The account of documentation examples, in which a preview takes place when nobody names one. */
export const DEFAULT_ACCOUNT = "111122223333";
