import type * as pulumi from "@pulumi/pulumi";
import { interpolate } from "@pulumi/pulumi";

/** Calls on data, such as reading an object, that a trail records beside the calls that manage things. Paid by the event. */
export class DataEvents {
  private constructor(
    /** Name of the selector, as the console shows it. */
    readonly name: string,
    /** Type of the resources, as CloudTrail calls it. */
    readonly resourceType: string,
    /** Beginnings of ARNs; empty for all resources of the type. */
    readonly arnPrefixes: readonly pulumi.Input<string>[],
  ) {}

  /** Reads and writes of objects in these buckets, by ARN. */
  static objectsIn(bucketArns: readonly [pulumi.Input<string>, ...pulumi.Input<string>[]]): DataEvents {
    // With the slash: `arn:...:logs` would take in the bucket `logs-of-others`.
    return new DataEvents(
      "objects",
      "AWS::S3::Object",
      bucketArns.map((arn) => interpolate`${arn}/`),
    );
  }

  /** Reads and writes of objects in all buckets of the account, but the one that the trail itself writes to. */
  static objectsEverywhere(): DataEvents {
    return new DataEvents("objects-everywhere", "AWS::S3::Object", []);
  }

  /** Calls of all functions of the account. */
  static functions(): DataEvents {
    return new DataEvents("functions", "AWS::Lambda::Function", []);
  }
}

interface FieldSelector {
  readonly field: string;
  readonly equals?: string[];
  readonly startsWiths?: pulumi.Input<string>[];
  readonly notStartsWiths?: pulumi.Input<string>[];
}

/** One selector of a trail (CloudTrail, PutEventSelectors, `AdvancedEventSelectors`). */
export interface EventSelector {
  readonly name: string;
  readonly fieldSelectors: FieldSelector[];
}

/**
 * The selectors of a trail. Management events are named in so many words: a trail with selectors records nothing that none
 * of them selects. The trail's own bucket is left out of everything, or each record would be recorded.
 */
export function eventSelectors(
  dataEvents: readonly DataEvents[],
  trailBucketArn: pulumi.Input<string>,
): EventSelector[] {
  const management = { name: "management", fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] };
  return [management, ...dataEvents.map((events) => dataSelector(events, trailBucketArn))];
}

function dataSelector({ name, resourceType, arnPrefixes }: DataEvents, trailBucketArn: pulumi.Input<string>) {
  const fieldSelectors: FieldSelector[] = [
    { field: "eventCategory", equals: ["Data"] },
    { field: "resources.type", equals: [resourceType] },
  ];
  if (arnPrefixes.length > 0) fieldSelectors.push({ field: "resources.ARN", startsWiths: [...arnPrefixes] });
  else if (resourceType === "AWS::S3::Object")
    fieldSelectors.push({ field: "resources.ARN", notStartsWiths: [interpolate`${trailBucketArn}/`] });
  return { name, fieldSelectors };
}
