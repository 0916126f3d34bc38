// A child process is fenced in by the kernel where it can be; then this fails and the program says so.
const { execFileSync } = require("node:child_process");
const aws = require("@pulumi/aws");

const code = `require("node:net").connect(443, "192.0.2.1").on("error", (e) => { console.log(e.code); process.exit(0); })`;
new aws.sns.Topic("first", { displayName: execFileSync(process.execPath, ["-e", code], { encoding: "utf8" }).trim() });
