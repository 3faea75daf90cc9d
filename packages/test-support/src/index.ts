// A balancer, for several servers that must look like one.
export { type Balancer, startBalancer } from "./balancer.ts";
// Growth: shows that a parser of outside text takes time in proportion to its input.
export { assertLinear, type GrowthTest, measureGrowth } from "./growth.ts";
// Ports, for programs that must be told one.
export { findFreePort } from "./port.ts";
