import { Principal, SecureCluster } from "ringfence";
import { HardenedNamespace } from "ringfence/constructs";
import { Cidr } from "ringfence/infra";
import { planOf } from "ringfence/plan";
import { judge } from "ringfence/policies";

const admin = Principal.role("arn:aws:iam::111122223333:role/platform");
export const cluster = new SecureCluster("prod", { admins: [admin] }).urn;
export const imported = [HardenedNamespace, Cidr.parse, planOf, judge].length;
