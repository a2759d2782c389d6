import type { TreePerson } from "../../api/types";

export type TreeNode = {
  person: TreePerson;
  /** The node that stands for the inviter; undefined at the left edge. */
  parent?: TreeNode;
  children: TreeNode[];
  x: number;
  y: number;
  radius: number;
};

export type TreeLayout = { nodes: TreeNode[]; width: number; height: number };

/** Room for a circle and a name. */
export const column = 260;
const gap = 10;
const smallest = 11;
const largest = 34;
const perRoot = 3;

/**
 * A drawing from left to right: whoever was invited stands one column right of the inviter, in the middle of an own strip that nobody
 * else's circle or branch reaches into. The area of a circle grows with the number of people below. Nodes come in the order of reading.
 */
export function layOut(people: TreePerson[]): TreeLayout {
  const nodes = plant(people);
  const roots = nodes.filter(({ parent }) => !parent);
  let height = 0;
  for (const root of roots) {
    height += place(root, 0, height);
  }
  const ordered = roots.flatMap(inOrder);
  return { nodes: ordered, width: (1 + Math.max(-1, ...ordered.map(columnOf))) * column, height };
}

export function radiusOf(below: number): number {
  return Math.min(largest, smallest + perRoot * Math.sqrt(below));
}

/** One node per person, tied to the inviter's where that one is among them and not below. */
function plant(people: TreePerson[]): TreeNode[] {
  const nodes = new Map(people.map((person) => [person.account, seed(person)]));
  for (const node of nodes.values()) {
    const parent = node.person.inviter === null ? undefined : nodes.get(node.person.inviter);
    if (parent && !isAbove(node, parent)) {
      node.parent = parent;
      parent.children.push(node);
    }
  }
  for (const node of nodes.values()) {
    node.children.sort((one, other) => other.person.below - one.person.below || one.person.account.localeCompare(other.person.account));
  }
  return [...nodes.values()];
}

function seed(person: TreePerson): TreeNode {
  return { person, children: [], x: 0, y: 0, radius: radiusOf(person.below) };
}

function isAbove(node: TreeNode, below: TreeNode | undefined): boolean {
  for (let one = below; one; one = one.parent) {
    if (one === node) {
      return true;
    }
  }
  return false;
}

/** @returns How much height the branch takes. */
function place(node: TreeNode, depth: number, top: number): number {
  const own = 2 * node.radius + gap;
  let bottom = top;
  for (const child of node.children) {
    bottom += place(child, depth + 1, bottom);
  }
  const height = Math.max(own, bottom - top);
  if (height > bottom - top) {
    const shift = (height - (bottom - top)) / 2;
    node.children.flatMap(inOrder).forEach((below) => (below.y += shift));
  }
  node.x = depth * column + largest;
  node.y = top + height / 2;
  return height;
}

function inOrder(node: TreeNode): TreeNode[] {
  return [node, ...node.children.flatMap(inOrder)];
}

function columnOf(node: TreeNode): number {
  return Math.floor(node.x / column);
}
