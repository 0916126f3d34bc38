/**
 * The CrossGuard pack: `pulumi preview --policy-pack node_modules/ringfence/dist/policies/pack`. Nothing imports this file:
 * making a PolicyPack opens a server, and a second one ends the process.
 */
import "./peers.js";
import { PolicyPack } from "@pulumi/policy";
import { packPolicies } from "./policies.js";

new PolicyPack("ringfence", {
  description: "The rules of Ringfence, on everything that the stack creates",
  policies: packPolicies(),
});
