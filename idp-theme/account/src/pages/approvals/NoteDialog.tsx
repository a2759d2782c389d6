import { Button, Flex, Form, Modal, TextArea } from "@patternfly/react-core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Approval } from "../../api/types";
import { Field } from "../../parts/Field";
import { caseTitle } from "./caseTitle";

export type NoteAction = "deny" | "ask";

type Props = { action: NoteAction; approval: Approval; onSend: (note: string) => void; onClose: () => void };

/** Texts to begin with. */
const templates: Record<NoteAction, string[]> = {
  deny: ["approvals.template.unknown", "approvals.template.incomplete", "approvals.template.rules"],
  ask: ["approvals.template.whoAreYou", "approvals.template.howKnown"],
};

/** A reason or a question that the person gets to read. */
export function NoteDialog({ action, approval, onSend, onClose }: Props) {
  const { t } = useTranslation();
  const [note, setNote] = useState("");
  const [isTried, setTried] = useState(false);
  const isEmpty = note.trim() === "";
  const send = () => (isEmpty ? setTried(true) : onSend(note.trim()));
  return (
    <Modal
      isOpen
      variant="medium"
      title={t(`approvals.${action}.title`, { who: caseTitle(t, approval) })}
      onClose={onClose}
      actions={[
        <Button key="send" variant={action === "deny" ? "danger" : "primary"} onClick={send}>
          {t(`approvals.${action}.send`)}
        </Button>,
        <Button key="cancel" variant="link" onClick={onClose}>
          {t("companion.cancel")}
        </Button>,
      ]}
    >
      <Form onSubmit={(event) => event.preventDefault()}>
        <Field
          id="approval-note"
          label={t(`approvals.${action}.label`)}
          isRequired
          error={isTried && isEmpty ? t(action === "deny" ? "problem.reason_missing" : "problem.question_missing") : undefined}
          hint={t(`approvals.${action}.hint`)}
        >
          {(field) => (
            <TextArea
              {...field}
              ref={focus}
              value={note}
              onChange={(_, note) => setNote(note)}
              isRequired
              resizeOrientation="vertical"
              rows={4}
            />
          )}
        </Field>
        <Flex>
          {templates[action].map((key) => (
            <Button key={key} variant="link" isInline onClick={() => setNote(t(key))}>
              {t(key)}
            </Button>
          ))}
        </Flex>
      </Form>
    </Modal>
  );
}

const focus = (input: HTMLTextAreaElement | null) => input?.focus();
