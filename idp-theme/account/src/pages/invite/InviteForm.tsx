import { ActionGroup, Button, FormSection } from "@patternfly/react-core";
import { PasteIcon } from "@patternfly/react-icons";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { QuotaText } from "../../parts/QuotaText";
import { PeopleFields } from "./PeopleFields";
import { PeopleTable } from "./PeopleTable";
import { SharedFields } from "./SharedFields";
import type { Inviting } from "./useInviting";
import type { Choices } from "./useInviteOptions";
import type { People } from "./usePeople";

type Props = { choices: Choices; people: People; inviting: Inviting; onPaste: () => void };

const fewPeople = 10;

export function InviteForm({ choices, people, inviting, onPaste }: Props) {
  const { t } = useTranslation();
  const form = useFocusOnError(inviting.checks);
  const { rows, verdicts } = people;
  const count = Math.max(1, rows.filter(people.isWritten).length);
  const good = rows.filter(({ id }) => verdicts[id]?.isGood);
  const isChecking = inviting.stage.name === "checking";
  const PeopleArea = rows.length > fewPeople ? PeopleTable : PeopleFields;
  return (
    <form
      ref={form}
      noValidate
      className="pf-v5-c-form"
      onSubmit={(event) => {
        event.preventDefault();
        void inviting.check();
      }}
    >
      <QuotaText quota={choices.options.quota} />
      {inviting.problem && <ProblemAlert problem={inviting.problem} />}
      <FormSection title={t("invite.people")} titleElement="h2">
        <PeopleArea {...{ rows, verdicts, choices }} onChange={people.change} onRemove={people.remove} onAdd={people.add} />
        <div>
          <Button variant="secondary" icon={<PasteIcon />} onClick={onPaste}>
            {t("invite.paste.title")}
          </Button>
        </div>
      </FormSection>
      <FormSection title={t("invite.shared")} titleElement="h2" className="companion-narrow">
        <SharedFields {...{ choices, count }} shared={people.shared} refusals={people.refusals} onChange={people.share} />
      </FormSection>
      <ActionGroup>
        <Button type="submit" isLoading={isChecking} isDisabled={isChecking}>
          {t("invite.check")}
        </Button>
        {good.length > 0 && good.length < count && people.shared.vouched && (
          <Button variant="secondary" isDisabled={isChecking} onClick={() => inviting.reviewGood(good)}>
            {t("invite.checkGood", { count: good.length })}
          </Button>
        )}
      </ActionGroup>
    </form>
  );
}

/** After a check the cursor is where the first thing has to be mended. */
function useFocusOnError(checks: number) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [checks]);
  return form;
}
