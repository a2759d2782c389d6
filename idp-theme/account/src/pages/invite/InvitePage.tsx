import { Page } from "@keycloak/keycloak-account-ui";
import { EmptyState, EmptyStateBody, EmptyStateHeader, Spinner, Stack, StackItem } from "@patternfly/react-core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Me } from "../../api/types";
import { InvitingStopped } from "../../parts/InvitingStopped";
import { isInvitingStopped } from "../../parts/invitingStop";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { InviteForm } from "./InviteForm";
import { PasteMany } from "./PasteMany";
import { Results } from "./Results";
import { Review } from "./Review";
import { Sending } from "./Sending";
import { Unfinished } from "./Unfinished";
import { useInviting } from "./useInviting";
import { type Choices, useInviteOptions } from "./useInviteOptions";
import { usePeople } from "./usePeople";

export function InvitePage() {
  const { t } = useTranslation();
  const { me, choices, problem, load } = useInviteOptions();
  return (
    <Page title={t("invite.title")} description={t("invite.description")}>
      {problem && <ProblemAlert problem={problem} onRetry={load} />}
      {!problem && !choices && <Spinner aria-label={t("companion.loading")} />}
      {choices && me && <Entrance choices={choices} me={me} onSent={load} />}
    </Page>
  );
}

function Entrance({ choices, me, onSent }: { choices: Choices; me: Me; onSent: () => void }) {
  if (isInvitingStopped(me)) {
    return <InvitingStopped me={me} />;
  }
  return choices.options.canInvite ? <Inviting choices={choices} owner={me.id} onSent={onSent} /> : <MayNotInvite />;
}

function MayNotInvite() {
  const { t } = useTranslation();
  return (
    <EmptyState>
      <EmptyStateHeader titleText={t("invite.notAllowed.title")} headingLevel="h2" />
      <EmptyStateBody>{t("invite.notAllowed.body")}</EmptyStateBody>
    </EmptyState>
  );
}

function Inviting({ choices, owner, onSent }: { choices: Choices; owner: string; onSent: () => void }) {
  const people = usePeople(choices);
  const inviting = useInviting(people, owner, onSent);
  const [isPasting, setPasting] = useState(false);
  const { stage, sending, sent, unfinished } = inviting;

  if (sending) {
    return <Sending sending={sending} onGoOn={() => void inviting.start(sending.batch)} />;
  }
  if (stage.name === "reviewing") {
    const { rows, mail, asked } = stage;
    return <Review count={rows.length} {...{ mail, asked }} onSend={() => void inviting.send(rows)} onBack={inviting.back} />;
  }
  if (isPasting) {
    return (
      <PasteMany
        maxRows={choices.options.maxRows}
        onCancel={() => setPasting(false)}
        onRead={(read) => {
          setPasting(false);
          void inviting.inspect(people.take(read.rows));
        }}
      />
    );
  }
  const refused = people.rows.filter(({ id }) => people.verdicts[id]?.isGood === false).length;
  return (
    <Stack hasGutter>
      {unfinished && (
        <StackItem>
          <Unfinished batch={unfinished} onGoOn={() => void inviting.resume(unfinished)} onDiscard={inviting.discard} />
        </StackItem>
      )}
      {sent.length > 0 && (
        <StackItem>
          <Results sent={sent} refused={refused} />
        </StackItem>
      )}
      <StackItem>
        <InviteForm choices={choices} people={people} inviting={inviting} onPaste={() => setPasting(true)} />
      </StackItem>
    </Stack>
  );
}
