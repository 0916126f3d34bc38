import { checkWhole } from "./checks.js";
import type { Issue } from "../core/issue.js";

/** User and group when nobody says otherwise: above the range that images and hosts give to accounts of their own. */
export const RUN_AS_DEFAULTS = { uid: 10_001, gid: 10_001 } as const;

/** Who the processes of a pod run as, and the group that owns its volumes. Never root: admission refuses it too. */
export class RunAs {
  /**
   * A user by number, for images whose files belong to one: 999 for `postgres` of Debian, 70 for that of Alpine.
   *
   * @param uid 1 or more.
   * @param gid Group of the processes and of the volumes (`runAsGroup`, `fsGroup`), 1 or more. @default - the same as `uid`
   */
  static uid(uid: number, gid: number = uid): RunAs {
    return new RunAs(uid, gid);
  }

  private constructor(
    readonly uid: number,
    readonly gid: number,
  ) {}
}

/** The issues of a user. */
export function checkRunAs(path: string, { uid, gid }: RunAs): readonly Issue[] {
  return [...checkWhole(`${path}.uid`, uid, 1, 2_147_483_647), ...checkWhole(`${path}.gid`, gid, 1, 2_147_483_647)];
}
