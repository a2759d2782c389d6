import { Button, Card, CardBody, CardTitle, Flex, Stack, StackItem, Title } from "@patternfly/react-core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import type { TreePerson } from "../../api/types";
import { Moment } from "../../parts/Moment";
import { personName } from "../../parts/personName";
import { BranchDialog, type BranchDialogAction } from "./BranchDialog";
import { Remarks } from "./PeopleTable";
import type { View } from "./PeopleToolbar";
import { StandingLabel } from "./StandingLabel";
import { useBranchActions } from "./useBranchActions";

type Props = {
  person: TreePerson;
  /** The page shows nothing but this branch. */
  isOpened: boolean;
  view: View;
  onOpen: (root: string, view: View) => void;
  onChanged: () => void;
};

/** Somebody with all below: what is known, and what can be done about it. */
export function Branch({ person, isOpened, view, onOpen, onChanged }: Props) {
  const { t } = useTranslation();
  const { account } = person;
  const encoded = encodeURIComponent(account);
  const card = useRef<HTMLDivElement>(null);
  // On a phone the list that it was chosen from is below.
  useEffect(() => {
    // Where it returns a promise, that would be taken for the effect's clean-up.
    card.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <div ref={card}>
      <Card component="section" aria-live="polite">
        <CardTitle>
          <Title headingLevel="h2" size="lg" className="companion-wrap">
            {personName(t, person)}
          </Title>
        </CardTitle>
        <CardBody>
          <Stack hasGutter>
            <StackItem>
              <Flex>
                <StandingLabel standing={person.standing} />
                <Remarks person={person} />
              </Flex>
            </StackItem>
            <StackItem>
              {person.joinedAt && (
                <div>
                  {t("people.joined")} <Moment at={person.joinedAt} />
                </div>
              )}
              {person.brought > 0 && <div>{t("people.brought", { count: person.brought, good: person.good, bad: person.bad })}</div>}
              {person.below > 0 && <div>{t("people.below", { count: person.below })}</div>}
              <div>{t("people.open", { count: person.open })}</div>
            </StackItem>
            <StackItem>
              <BranchActions person={person} onChanged={onChanged} />
            </StackItem>
            <StackItem>
              <Flex direction={{ default: "column" }} spaceItems={{ default: "spaceItemsXs" }}>
                {!isOpened && (
                  <Button variant="link" isInline onClick={() => onOpen(account, view)}>
                    {t("people.openBranch")}
                  </Button>
                )}
                {!(isOpened && view === "table") && (
                  <Button variant="link" isInline onClick={() => onOpen(account, "table")}>
                    {t("people.review")}
                  </Button>
                )}
                <Link to={`/moderation/timeline?person=${encoded}`}>{t("people.toTimeline")}</Link>
                <Link to={`/moderation/invitations?inviter=${encoded}`}>{t("people.toInvitations")}</Link>
              </Flex>
            </StackItem>
          </Stack>
        </CardBody>
      </Card>
    </div>
  );
}

function BranchActions({ person, onChanged }: { person: TreePerson; onChanged: () => void }) {
  const { t } = useTranslation();
  const { isBusy, run } = useBranchActions(person, onChanged);
  const [dialog, setDialog] = useState<BranchDialogAction>();
  const toggle = person.isFlagged ? "unflag" : "flag";
  return (
    <Flex>
      {person.isFrozen ? (
        <Button variant="secondary" isDisabled={isBusy} onClick={() => void run({ action: "thaw" })}>
          {t("people.action.thaw")}
        </Button>
      ) : (
        <Button variant="secondary" isDanger isDisabled={isBusy} onClick={() => setDialog("freeze")}>
          {t("people.action.freeze")}
        </Button>
      )}
      <Button variant="secondary" isDisabled={isBusy} onClick={() => setDialog("revoke-pending")}>
        {t("people.action.revoke-pending")}
      </Button>
      <Button variant="secondary" isDisabled={isBusy} onClick={() => void run({ action: toggle })}>
        {t(`people.action.${toggle}`)}
      </Button>
      {dialog && (
        <BranchDialog
          action={dialog}
          person={person}
          onClose={() => setDialog(undefined)}
          onConfirm={(command) => {
            setDialog(undefined);
            void run(command);
          }}
        />
      )}
    </Flex>
  );
}
