import type * as pulumi from "@pulumi/pulumi";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { relaxation } from "../../core/relaxation.js";
import type { Reason, Relaxation } from "../../core/relaxation.js";
import { idIssues, listIssues } from "../checks.js";
import { asRunError } from "../errors.js";

/** Where the nodes of one group live. */
export class NodeSubnets {
  private constructor(
    readonly ids: readonly pulumi.Input<string>[],
    /** Fewest zones in which the subnets lie. */
    readonly fewest: 1 | 2,
    readonly relaxation?: Relaxation,
  ) {}

  /** Private subnets of the network, in at least two zones. */
  static of(...ids: readonly pulumi.Input<string>[]): NodeSubnets {
    return new NodeSubnets(ids, 2);
  }

  /**
   * One subnet: the group is gone when its zone is. For groups by zone, such as those of pods that cannot leave their volumes.
   *
   * @throws pulumi.RunError when the reason is shorter than ten characters.
   */
  static oneZone(id: pulumi.Input<string>, why: Reason): NodeSubnets {
    return new NodeSubnets(
      [id],
      1,
      asRunError(() => relaxation("NodeSubnets.oneZone", why)),
    );
  }
}

/** Checks subnets: as many as zones are wanted, each once, and each the id of a subnet where it is known. */
export function subnetIdIssues(path: string, ids: readonly pulumi.Input<string>[], fewest: 1 | 2): Issue[] {
  const issues = listIssues(path, ids, "subnet", (at, id) => idIssues(at, "subnet-", id));
  if (ids.length < fewest) {
    const rule = `must hold at least ${fewest}, in different zones`;
    const advice = "Add a zone; for a group of one zone see `NodeSubnets.oneZone`";
    issues.push(issue("Required", path, rule, ids.length, advice));
  }
  return issues;
}
