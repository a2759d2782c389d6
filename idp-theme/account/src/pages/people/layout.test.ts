import { describe, expect, it } from "vitest";
import { treePerson } from "../../test/samples";
import { column, layOut, radiusOf, type TreeNode } from "./layout";

const person = (account: string, inviter: string | null, below = 0) => treePerson({ account, inviter, below });
const family = [
  person("anna", null, 5),
  person("ben", "anna", 2),
  person("cleo", "anna"),
  person("dora", "ben"),
  person("emil", "ben"),
  person("finn", "anna"),
  person("gus", null),
];
const named = (nodes: TreeNode[], account: string) => nodes.find((node) => node.person.account === account)!;

describe("the tree's layout", () => {
  it("puts everybody one column right of who invited them", () => {
    const { nodes } = layOut(family);
    expect(nodes).toHaveLength(family.length);
    for (const node of nodes) {
      expect(node.x).toBe((node.parent ? node.parent.x : named(nodes, "gus").x - column) + column);
    }
  });

  it("lets no two circles touch, and keeps all of them inside", () => {
    const { nodes, width, height } = layOut([...family, ...Array.from({ length: 40 }, (_, index) => person(`x${index}`, "cleo", index))]);
    for (const one of nodes) {
      expect(one.y - one.radius).toBeGreaterThanOrEqual(0);
      expect(one.y + one.radius).toBeLessThanOrEqual(height);
      expect(one.x + one.radius).toBeLessThanOrEqual(width);
      const near = nodes.filter((other) => other !== one && Math.hypot(other.x - one.x, other.y - one.y) < one.radius + other.radius);
      expect(near).toEqual([]);
    }
  });

  it("keeps branches apart: nobody stands between two of one branch in their column", () => {
    const { nodes } = layOut([...family, person("hugo", "cleo"), person("ida", "cleo")]);
    const [ofBen, ofCleo] = ["ben", "cleo"].map((account) => named(nodes, account).children.map(({ y }) => y));
    expect(Math.max(...ofBen!)).toBeLessThan(Math.min(...ofCleo!));
  });

  it("puts the largest branch first and reads from top to bottom, inviters before whom they invited", () => {
    expect(layOut(family).nodes.map((node) => node.person.account)).toEqual(["anna", "ben", "dora", "emil", "cleo", "finn", "gus"]);
  });

  it("makes the circle larger with everybody below, up to a limit", () => {
    expect(radiusOf(0)).toBeLessThan(radiusOf(1));
    expect(radiusOf(9)).toBeLessThan(radiusOf(30));
    expect(radiusOf(100_000)).toBe(radiusOf(10_000));
  });

  it("begins with somebody whose inviter isn't in the answer, and bears a circle", () => {
    expect(layOut([person("ben", "anna")]).nodes[0]?.parent).toBeUndefined();
    expect(layOut([person("ben", "anna"), person("anna", "ben")]).nodes).toHaveLength(2);
    expect(layOut([])).toEqual({ nodes: [], width: 0, height: 0 });
  });
});
