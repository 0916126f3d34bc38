import { Construct } from "constructs";
import { type AppContext, Principal, SecureCluster } from "../../index.js";
import { HardenedDeployment, HardenedNamespace } from "../../constructs/index.js";

class Shop extends Construct {
  constructor(scope: Construct, id: string, { cloud }: AppContext) {
    super(scope, id);
    const namespace = new HardenedNamespace(this, "shop");
    new HardenedDeployment(namespace, "web", {
      image: `${cloud.repository("shop/web")}@sha256:${"0".repeat(64)}`,
      ports: { http: 8080 },
    });
  }
}

const cluster = new SecureCluster("prod", { admins: [Principal.role("arn:aws:iam::111122223333:role/platform")] });
cluster.deploy(Shop);
