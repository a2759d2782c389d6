import { Card, CardBody, CardTitle, Icon, List, ListItem, Spinner } from "@patternfly/react-core";
import { CheckCircleIcon, MinusCircleIcon } from "@patternfly/react-icons";
import { useTranslation } from "react-i18next";
import type { Welcome } from "../../api/types";
import { membershipText } from "../../parts/memberships";
import { roomsDone, type Tick, tickOf } from "./progress";

/** Memberships and rooms, ticked off as they come. */
export function Arrival({ welcome }: { welcome: Welcome }) {
  const { t } = useTranslation();
  const { memberships, membershipsGranted, rooms } = welcome;
  if (memberships.length + rooms.length === 0) {
    return null;
  }
  const count = rooms.length;
  const done = roomsDone(rooms);
  return (
    <Card isFlat>
      <CardTitle component="h2">{t("welcome.arrival")}</CardTitle>
      <CardBody>
        <p aria-live="polite" className="pf-v5-u-mb-md">
          {count > 0 && t(done === count ? "welcome.roomsAll" : "welcome.rooms", { done, count })}
        </p>
        <List isPlain>
          {memberships.map((membership) => {
            const text = membershipText(membership);
            return <Item key={text} text={text} tick={membershipsGranted ? "done" : "waiting"} />;
          })}
          {rooms.map(({ id, name, status }) => (
            <Item key={id} text={name ?? id} tick={tickOf(status)} note={t(`welcome.room.${status}`)} />
          ))}
        </List>
      </CardBody>
    </Card>
  );
}

function Item({ text, tick, note }: { text: string; tick: Tick; note?: string }) {
  const { t } = useTranslation();
  return (
    <ListItem icon={<TickIcon tick={tick} />}>
      <span className="companion-wrap">
        {text}{" "}
        <span className="pf-v5-u-color-200">
          {note ?? t(tick === "done" ? "welcome.membership.granted" : "welcome.membership.waiting")}
        </span>
      </span>
    </ListItem>
  );
}

function TickIcon({ tick }: { tick: Tick }) {
  if (tick === "waiting") {
    return <Spinner isInline aria-hidden="true" />;
  }
  return <Icon status={tick === "done" ? "success" : undefined}>{tick === "done" ? <CheckCircleIcon /> : <MinusCircleIcon />}</Icon>;
}
