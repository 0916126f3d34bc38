import * as pulumi from "@pulumi/pulumi";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";

/** When Session Manager ends a session that nobody ended. */
export interface SessionLimitsOptions {
  /**
   * Minutes without traffic, 1 to 60.
   *
   * @default - what the account's preferences of Session Manager say: 20 unless somebody changed it
   */
  readonly idleMinutes?: number;
  /**
   * Minutes after which a session ends however busy it is, 1 to 1440.
   *
   * @default - none
   */
  readonly maxMinutes?: number;
}

/** The bounds that Session Manager sets, with the argument each belongs to. */
const BOUNDS = { idleMinutes: 60, maxMinutes: 1440 } as const;

/** Checks limits against what Session Manager accepts. */
export function sessionLimitIssues(limits: SessionLimitsOptions | undefined): Issue[] {
  const issues = Object.entries(BOUNDS).flatMap(([key, most]) => {
    const minutes = limits?.[key as keyof SessionLimitsOptions];
    if (minutes === undefined || (Number.isInteger(minutes) && minutes >= 1 && minutes <= most)) return [];
    const rule = `must be a whole number from 1 to ${most}`;
    return [issue("OutOfRange", `sessionLimits.${key}`, rule, minutes, `Write it like ${most}, in minutes`)];
  });
  const { idleMinutes, maxMinutes } = limits ?? {};
  if (issues.length === 0 && idleMinutes !== undefined && maxMinutes !== undefined && idleMinutes > maxMinutes) {
    const rule = `must be at most maxMinutes ${maxMinutes}`;
    issues.push(issue("Conflict", "sessionLimits.idleMinutes", rule, idleMinutes, "Change one of the two"));
  }
  return issues;
}

/**
 * A Session Manager document that forwards a local port to one host and port, and can do nothing else: no shell, no
 * other host. After AWS-StartPortForwardingSessionToRemoteHost, with host and port fixed
 * (https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-schema.html).
 *
 * It names no key: the agent encrypts the data of shells with a key of KMS and leaves forwarded ports as they are
 * (`isEncryptionEnabled` in the agent's sessionplugin.go). What passes here is TLS from the caller to the API, within the
 * TLS of Session Manager.
 *
 * @param endpoint URL of the Kubernetes API.
 */
export function portForwardDocument(
  endpoint: pulumi.Input<string>,
  limits: SessionLimitsOptions | undefined,
): pulumi.Output<string> {
  return pulumi.jsonStringify({
    schemaVersion: "1.0",
    description: "Forwards a local port to the Kubernetes API of one cluster",
    sessionType: "Port",
    ...(limits === undefined ? {} : { inputs: preferences(limits) }),
    parameters: {
      localPortNumber: {
        type: "String",
        description: "Port on the caller's machine; 0 takes a free one",
        allowedPattern: "^[0-9]{1,5}$",
        default: "0",
      },
    },
    properties: {
      type: "LocalPortForwarding",
      host: hostOf(endpoint),
      portNumber: "443",
      localPortNumber: "{{ localPortNumber }}",
    },
  });
}

/** The host of an API's URL, which a preview knows as a reference to the cluster only. */
export function hostOf(endpoint: pulumi.Input<string>): pulumi.Output<string> {
  return pulumi.output(endpoint).apply((url) => url.replace("https://", ""));
}

/** Once there are preferences, the schema asks for those of shells too: no log, no other user. */
function preferences({ idleMinutes, maxMinutes }: SessionLimitsOptions): Record<string, unknown> {
  return {
    s3BucketName: "",
    s3KeyPrefix: "",
    s3EncryptionEnabled: true,
    cloudWatchLogGroupName: "",
    cloudWatchEncryptionEnabled: true,
    kmsKeyId: "",
    runAsEnabled: false,
    runAsDefaultUser: "",
    ...(idleMinutes === undefined ? {} : { idleSessionTimeout: String(idleMinutes) }),
    ...(maxMinutes === undefined ? {} : { maxSessionDuration: String(maxMinutes) }),
  };
}
