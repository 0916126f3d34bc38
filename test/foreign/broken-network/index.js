// Swallows the error, as careless programs do: the attempt counts all the same.
const aws = require("@pulumi/aws");

const topic = new aws.sns.Topic("first");
topic.arn.apply(async () => {
  try {
    await fetch("https://api.example.com/price");
  } catch {
    return "none";
  }
});
