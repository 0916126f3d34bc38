export const tags = { team: "orders" };
