import { Alert, Checkbox, FormGroup, Icon, SearchInput, Text } from "@patternfly/react-core";
import { LockIcon, PlugIcon, UsersIcon } from "@patternfly/react-icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import type { InviteOptions, RoomOption } from "../../api/types";

type Props = { options: InviteOptions; chosen: string[]; error?: string; onChange: (rooms: string[]) => void };

const fewRooms = 8;

export function RoomPicker({ options, chosen, error, onChange }: Props) {
  const { t } = useTranslation();
  const [search, setSearch] = useState("");
  const { rooms, chat } = options;
  if (chat === "none" || (rooms.length === 0 && chat === "connected")) {
    return null;
  }
  const shown = rooms.filter(({ id, name }) => chosen.includes(id) || name.toLowerCase().includes(search.trim().toLowerCase()));
  const toggle = (id: string, isChosen: boolean) => onChange(isChosen ? [...chosen, id] : chosen.filter((room) => room !== id));
  return (
    <FormGroup role="group" fieldId="invite-rooms" label={t("invite.rooms")}>
      <ChatNotice chat={chat} />
      {rooms.length > fewRooms && (
        <SearchInput
          aria-label={t("invite.roomSearch")}
          placeholder={t("invite.roomSearch")}
          resetButtonLabel={t("companion.clear")}
          value={search}
          onChange={(_, value) => setSearch(value)}
          onClear={() => setSearch("")}
        />
      )}
      <div className="companion-rooms">
        {shown.map((room) => (
          <RoomChoice key={room.id} room={room} isChosen={chosen.includes(room.id)} onChange={(isChosen) => toggle(room.id, isChosen)} />
        ))}
      </div>
      {error && <Alert isInline isPlain variant="danger" title={error} component="p" />}
    </FormGroup>
  );
}

function ChatNotice({ chat }: { chat: InviteOptions["chat"] }) {
  const { t } = useTranslation();
  if (chat === "not_connected") {
    return (
      <Alert
        isInline
        variant="info"
        title={t("invite.chat.notConnected")}
        component="p"
        actionLinks={<Link to="/chat">{t("chat.title")}</Link>}
      />
    );
  }
  return chat === "unavailable" ? <Alert isInline variant="warning" title={t("invite.chat.unavailable")} component="p" /> : null;
}

function RoomChoice({ room, isChosen, onChange }: { room: RoomOption; isChosen: boolean; onChange: (isChosen: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <Checkbox
      id={`invite-room-${room.id}`}
      isChecked={isChosen}
      isDisabled={room.obstacle !== null}
      onChange={(_, checked) => onChange(checked)}
      label={<RoomName room={room} />}
      description={room.topic ?? undefined}
      body={room.obstacle && <small>{t([`invite.obstacle.${room.obstacle}`, "invite.obstacle.other"])}</small>}
    />
  );
}

function RoomName({ room }: { room: RoomOption }) {
  const { t } = useTranslation();
  return (
    <>
      {room.name}{" "}
      {room.isEncrypted && (
        <Icon isInline>
          <LockIcon role="img" aria-hidden={false} aria-label={t("invite.encrypted")} />
        </Icon>
      )}{" "}
      {room.isBridged && (
        <Icon isInline>
          <PlugIcon role="img" aria-hidden={false} aria-label={t("invite.bridged")} />
        </Icon>
      )}
      {room.members !== null && (
        <Text component="small" className="companion-members">
          <UsersIcon /> {t("invite.members", { count: room.members })}
        </Text>
      )}
    </>
  );
}
