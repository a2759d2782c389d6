import { Button } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Trans, useTranslation } from "react-i18next";
import type { TimelineEntry } from "../../api/types";
import { Moment } from "../../parts/Moment";
import { usePersonName } from "../../parts/PersonNames";
import { shortInvite, type TimelineFilter } from "./filter";

type Props = { entries: TimelineEntry[]; onFilter: (filter: TimelineFilter) => void };

/** One line per entry; whoever and whatever it names becomes the filter by a click. */
export function EntryTable({ entries, onFilter }: Props) {
  const { t } = useTranslation();
  return (
    <Table aria-label={t("timeline.title")} variant="compact" gridBreakPoint="grid-md">
      <Thead>
        <Tr>
          <Th width={15}>{t("timeline.when")}</Th>
          <Th>{t("timeline.what")}</Th>
          <Th width={20}>{t("timeline.invitation")}</Th>
        </Tr>
      </Thead>
      <Tbody>
        {entries.map((entry) => (
          <Tr key={entry.id}>
            <Td dataLabel={t("timeline.when")}>
              <Moment at={entry.at} />
            </Td>
            <Td dataLabel={t("timeline.what")} modifier="breakWord">
              <Sentence {...{ entry, onFilter }} />
            </Td>
            <Td dataLabel={t("timeline.invitation")}>
              {entry.inviteId ? (
                <Button
                  variant="link"
                  isInline
                  aria-label={t("timeline.onlyInvite", { id: shortInvite(entry.inviteId) })}
                  onClick={() => onFilter({ invite: entry.inviteId ?? undefined })}
                >
                  {shortInvite(entry.inviteId)}
                </Button>
              ) : (
                "–"
              )}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

type SentenceProps = { entry: TimelineEntry } & Omit<Props, "entries">;

/** The sentence that tells the detail too, else the event's own, else, for an event newer than this page, one with its name. */
function Sentence({ entry, onFilter }: SentenceProps) {
  const { t, i18n } = useTranslation();
  const event = `timeline.event.${entry.type}`;
  const withDetail = `${event}.${entry.detail}`;
  const person = (account: string | null, nobody: string) =>
    account ? <Person account={account} onFilter={onFilter} /> : <span>{t(nobody)}</span>;
  return (
    <div className="companion-sentence">
      <Trans
        i18nKey={[withDetail, event, "timeline.event.other"]}
        values={{ type: entry.type.replaceAll("_", " ") }}
        components={{
          actor: person(entry.actor, "timeline.system"),
          account: person(entry.account, "timeline.somebody"),
          inviter: person(entry.inviter, "timeline.somebody"),
        }}
      />
      {entry.detail && !i18n.exists(withDetail) && <code className="companion-detail">{entry.detail}</code>}
    </div>
  );
}

function Person({ account, onFilter }: { account: string } & Pick<Props, "onFilter">) {
  const { t } = useTranslation();
  const name = usePersonName(account);
  return (
    <Button variant="link" isInline aria-label={t("timeline.onlyPerson", { who: name })} onClick={() => onFilter({ person: account })}>
      {name}
    </Button>
  );
}
