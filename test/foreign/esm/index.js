import * as aws from "@pulumi/aws";
import { tags } from "./tags.js";

const { region } = await aws.getRegion();
const table = new aws.dynamodb.Table("orders", {
  attributes: [{ name: "id", type: "S" }],
  hashKey: "id",
  billingMode: "PAY_PER_REQUEST",
  tags: { ...tags, region },
});
export const tableName = table.name;
