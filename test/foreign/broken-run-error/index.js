const pulumi = require("@pulumi/pulumi");

throw new pulumi.RunError("Network 'prod':\n  'cidr' must be an address block, got 'ten'. Write it like '10.0.0.0/16'");
