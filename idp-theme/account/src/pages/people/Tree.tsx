import { Button, Flex, FlexItem } from "@patternfly/react-core";
import { SearchMinusIcon, SearchPlusIcon } from "@patternfly/react-icons";
import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { TreePerson } from "../../api/types";
import { personName } from "../../parts/personName";
import { layOut, type TreeNode } from "./layout";
import { flagSign, frozenSign, isHeld, personText, signs, standings } from "./standing";

type Props = {
  people: TreePerson[];
  chosen: string | undefined;
  onChoose: (account: string) => void;
  onExpand: (account: string) => void;
};

/** The next column begins where a longer name would end. */
const longest = 18;
/** How wide one is drawn, about. */
const character = 8;

const scales = [0.5, 0.75, 1, 1.5, 2];
const usual = 2;

/** Who invited whom, drawn. One is moved about in it by scrolling, or by the arrow keys from person to person. */
export function Tree({ people, chosen, onChoose, onExpand }: Props) {
  const { t } = useTranslation();
  const { nodes, width, height } = useMemo(() => layOut(people), [people]);
  const [zoom, setZoom] = useState(usual);
  const walk = useWalk(nodes, chosen, onChoose, onExpand);
  const scale = scales[zoom] ?? 1;
  return (
    <>
      <Flex className="companion-legend">
        {standings.map((standing) => (
          <FlexItem key={standing}>
            <svg width="22" height="22" aria-hidden className={`companion-standing-${standing}`}>
              <Circle cx={11} cy={11} radius={10} sign={signs[standing]} />
            </svg>{" "}
            {t(`people.standing.${standing}`)}
          </FlexItem>
        ))}
        <FlexItem>
          {flagSign} {t("people.flagged")}
        </FlexItem>
        <FlexItem>
          {frozenSign} {t("people.frozen")}
        </FlexItem>
        <FlexItem align={{ default: "alignRight" }}>
          <Button variant="plain" aria-label={t("people.smaller")} isDisabled={zoom === 0} onClick={() => setZoom(zoom - 1)}>
            <SearchMinusIcon />
          </Button>
          <Button variant="plain" aria-label={t("people.larger")} isDisabled={zoom === scales.length - 1} onClick={() => setZoom(zoom + 1)}>
            <SearchPlusIcon />
          </Button>
        </FlexItem>
      </Flex>
      <div className="companion-tree">
        <svg
          ref={walk.tree}
          role="tree"
          aria-label={t("people.title")}
          width={width * scale}
          height={height * scale}
          viewBox={`0 0 ${width} ${height}`}
        >
          <g role="none">
            {nodes.map(
              (node) => node.parent && <path key={node.person.account} role="none" className="companion-tie" d={tie(node.parent, node)} />,
            )}
          </g>
          {nodes.map((node) => (
            <Person key={node.person.account} node={node} isChosen={node.person.account === chosen} {...walk.of(node)} />
          ))}
        </svg>
      </div>
    </>
  );
}

type PersonProps = {
  node: TreeNode;
  isChosen: boolean;
  tabIndex: number;
  onClick: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
};

function Person({ node, isChosen, ...handlers }: PersonProps) {
  const { t } = useTranslation();
  const { person, x, y, radius } = node;
  const name = personName(t, person);
  const shown = shortened(name);
  const hidden = person.brought - node.children.length;
  const marks = [person.isFlagged ? flagSign : "", isHeld(person) ? frozenSign : ""].filter(Boolean).join(" ");
  return (
    <g
      role="treeitem"
      aria-label={personText(t, person)}
      aria-level={levelOf(node)}
      aria-selected={isChosen}
      aria-expanded={person.brought > 0 ? !isClosed(node) : undefined}
      data-account={person.account}
      className={`companion-node companion-standing-${person.standing}${isHeld(person) ? " companion-frozen" : ""}`}
      {...handlers}
    >
      {shown !== name && <title>{name}</title>}
      <Circle cx={x} cy={y} radius={radius} sign={signs[person.standing]} />
      <text x={x + radius + 6} y={y} className="companion-node-name">
        {shown}
        {marks && ` ${marks}`}
        {hidden > 0 && ` +${hidden}`}
      </text>
    </g>
  );
}

function Circle({ cx, cy, radius, sign }: { cx: number; cy: number; radius: number; sign: string }) {
  return (
    <>
      <circle cx={cx} cy={cy} r={radius} />
      <text x={cx} y={cy} className="companion-sign">
        {sign}
      </text>
    </>
  );
}

/** One person of the tree is reached by the Tab key; the arrow keys go on from there. */
function useWalk(nodes: TreeNode[], chosen: string | undefined, onChoose: (account: string) => void, onExpand: (account: string) => void) {
  const tree = useRef<SVGSVGElement>(null);
  const [at, setAt] = useState(chosen);
  const current = nodes.some(({ person }) => person.account === at) ? at : nodes[0]?.person.account;
  const go = (node: TreeNode | undefined) => {
    if (node) {
      setAt(node.person.account);
      tree.current?.querySelector<SVGGElement>(`[data-account="${CSS.escape(node.person.account)}"]`)?.focus();
    }
  };
  const of = (node: TreeNode) => {
    const { account } = node.person;
    const index = nodes.indexOf(node);
    const targets: Record<string, () => TreeNode | undefined> = {
      ArrowDown: () => nodes[index + 1],
      ArrowUp: () => nodes[index - 1],
      ArrowLeft: () => node.parent,
      ArrowRight: () => node.children[0],
      Home: () => nodes[0],
      End: () => nodes.at(-1),
    };
    const choose = () => {
      setAt(account);
      onChoose(account);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const target = targets[event.key];
      if (event.key === "ArrowRight" && isClosed(node)) {
        event.preventDefault();
        onExpand(account);
      } else if (target) {
        event.preventDefault();
        go(target());
      } else if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        choose();
      }
    };
    return { tabIndex: account === current ? 0 : -1, onClick: choose, onKeyDown };
  };
  return { tree, of };
}

/** Nobody of those whom the person invited is shown. */
function isClosed({ person, children }: TreeNode): boolean {
  return person.brought > 0 && children.length === 0;
}

/** As many whole words as there is room for. */
function shortened(name: string): string {
  const end = name.length > longest ? name.lastIndexOf(" ", longest) : name.length;
  return name.slice(0, end > 0 ? end : longest);
}

/** From behind the inviter's name to the circle. */
function tie(from: TreeNode, to: TreeNode): string {
  const name = Math.min(from.person.name?.length ?? longest, longest) * character + 2 * character;
  const start = Math.min(from.x + from.radius + name, to.x - 3 * to.radius);
  const middle = (start + to.x) / 2;
  return `M${start},${from.y} C${middle},${from.y} ${middle},${to.y} ${to.x},${to.y}`;
}

function levelOf(node: TreeNode): number {
  let level = 1;
  for (let one = node.parent; one; one = one.parent) {
    level++;
  }
  return level;
}
