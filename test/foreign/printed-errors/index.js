// Pulumi prints what a program throws by `util.inspect` with colours, which runs away on some stack frames for half a minute:
// the engine takes the colours off errors, and off nothing else.
const util = require("node:util");
const aws = require("@pulumi/aws");

const coloured = (value) => String(util.inspect(value, { colors: true }).includes("\u001b"));
new aws.sns.Topic("printed", { tags: { error: coloured(new Error("no such shop")), number: coloured(42) } });
