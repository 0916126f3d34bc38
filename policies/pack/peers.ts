import { loadPeers } from "../../core/peers.js";

loadPeers("ringfence/policies/pack", () => {
  require("@pulumi/pulumi");
  require("@pulumi/policy");
});
