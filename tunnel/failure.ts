import { UserError } from "../core/issue.js";

/** Where AWS says how to install its plugin. */
const PLUGIN_GUIDE =
  "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html";

/** Where AWS says how to install its command. */
const CLI_GUIDE = "https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html";

/**
 * Why a tunnel does not open, one line for a person.
 *
 * `isFinal` tells whether trying again is of no use; a bastion that is still starting is worth it.
 */
export class TunnelFailure extends UserError {
  constructor(
    message: string,
    readonly isFinal: boolean,
    /** What a caller may want to tell from the rest: that the cluster is not there. */
    readonly reason?: "no-cluster",
  ) {
    super(message);
    this.name = "TunnelFailure";
  }
}

/** AWS denies something, which need not be the end: there may be another way. */
export class AccessDenied extends TunnelFailure {
  constructor(said: string) {
    super(`AWS denies what the tunnel needs: ${said}`, true);
    this.name = "AccessDenied";
  }
}

/** The failure for a missing `session-manager-plugin`, with how to install it here. */
export function pluginMissing(platform: NodeJS.Platform = process.platform): TunnelFailure {
  const hints: Partial<Record<NodeJS.Platform, string>> = {
    darwin: "`brew install --cask session-manager-plugin`, or ",
    linux: "the package session-manager-plugin (.deb or .rpm) of AWS: ",
    win32: "SessionManagerPluginSetup.exe of AWS: ",
  };
  return new TunnelFailure(
    `session-manager-plugin is not on the PATH, and the tunnel goes through it. Install ${hints[platform] ?? ""}${PLUGIN_GUIDE}`,
    true,
  );
}

/** The failure for a plugin that would show the session's token. */
export function pluginOutdated(version: string): TunnelFailure {
  const which = version === "" ? "that tells no version" : version.slice(0, 40);
  return new TunnelFailure(
    `session-manager-plugin ${which} takes a session's token as an argument, for all users of this machine to read. Install one later than 1.2.497.0: ${PLUGIN_GUIDE}`,
    true,
  );
}

/** The failure for a missing `aws`. */
export function cliMissing(): TunnelFailure {
  return new TunnelFailure(
    `the AWS CLI, \`aws\`, is not on the PATH. The tunnel and the tokens of the Kubernetes API need it. Install it: ${CLI_GUIDE}`,
    true,
  );
}

/** What AWS's command says when it fails, and what that means. */
const KNOWN: readonly (readonly [RegExp, (said: string) => TunnelFailure])[] = [
  [/SessionManagerPlugin is not found/i, () => pluginMissing()],
  [
    /TargetNotConnected|is not connected/,
    () => new TunnelFailure("the bastion is not connected to Session Manager yet", false),
  ],
  [
    /config profile \(.*\) could not be found/,
    (said) => new TunnelFailure(`${said}. \`aws configure list-profiles\` lists the profiles`, true),
  ],
  [
    /Unable to locate credentials|NoCredentials|NoAuthHandlerFound/i,
    () => new TunnelFailure("no AWS credentials: set AWS_PROFILE or sign in with `aws sso login`", true),
  ],
  [
    /ExpiredToken|RequestExpired|Token has expired|SSO .*(expired|invalid)|Error loading SSO Token|UnauthorizedSSOToken|InvalidGrant/i,
    () => new TunnelFailure("the AWS credentials have expired: sign in again, as with `aws sso login`", true),
  ],
  [
    /InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|InvalidSignature/,
    () => new TunnelFailure("AWS does not accept the credentials: see `aws sts get-caller-identity`", true),
  ],
  [/AccessDenied|UnauthorizedOperation|not authorized to perform/, (said) => new AccessDenied(said)],
  [
    /InvalidDocument/,
    () =>
      new TunnelFailure("the Session Manager document of the bastion does not exist or is no port forwarding", true),
  ],
  [
    /InvalidInstanceID|InvalidTarget|ValidationException/,
    (said) => new TunnelFailure(`AWS does not know the bastion: ${said}`, true),
  ],
  [
    /ResourceNotFoundException.*cluster|No cluster found/i,
    (said) => new TunnelFailure(`there is no such cluster in this Region and account: ${said}`, true, "no-cluster"),
  ],
];

/** What a failed command of AWS means, from its standard error. */
export function failureOf(stderr: string): TunnelFailure {
  const said = lastLine(stderr);
  for (const [pattern, make] of KNOWN) if (pattern.test(stderr)) return make(said);
  return new TunnelFailure(said === "" ? "the session ended before it was open" : `aws: ${said}`, false);
}

/** The last line with words in it, without what AWS puts before, and not longer than a person reads. */
function lastLine(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  const last = lines.filter((line) => line !== "").at(-1) ?? "";
  const plain = last
    .replaceAll(/[^\x20-\x7e]/g, "")
    .replace(/^An error occurred \((\w+)\) when calling the \w+ operation: /, "$1: ");
  return plain.replace(/\.$/, "").slice(0, 300);
}
