import { Button, Flex, Form, Modal, TextArea } from "@patternfly/react-core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDraftText } from "./drafts";
import { Field } from "./Field";

type Props = {
  title: string;
  /** Under this name the text is kept until whoever sends it forgets it. */
  draft: string;
  label: string;
  hint?: string;
  send: string;
  isDanger?: boolean;
  /** Said when nothing was written. */
  missing: string;
  /** Texts to begin with. */
  templates?: string[];
  children?: ReactNode;
  onSend: (text: string) => void;
  onClose: () => void;
};

/** Asks for a text that somebody gets to read. */
export function TextDialog({ title, draft, label, hint, send, isDanger, missing, templates = [], children, onSend, onClose }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useDraftText(draft);
  const [isTried, setTried] = useState(false);
  const isEmpty = text.trim() === "";
  return (
    <Modal
      isOpen
      variant="medium"
      title={title}
      onClose={onClose}
      actions={[
        <Button key="send" variant={isDanger ? "danger" : "primary"} onClick={() => (isEmpty ? setTried(true) : onSend(text.trim()))}>
          {send}
        </Button>,
        <Button key="cancel" variant="link" onClick={onClose}>
          {t("companion.cancel")}
        </Button>,
      ]}
    >
      {children}
      <Form onSubmit={(event) => event.preventDefault()}>
        <Field id="dialog-text" label={label} isRequired error={isTried && isEmpty ? missing : undefined} hint={hint}>
          {(field) => (
            <TextArea
              {...field}
              ref={focus}
              value={text}
              onChange={(_, text) => setText(text)}
              isRequired
              resizeOrientation="vertical"
              rows={4}
            />
          )}
        </Field>
        {templates.length > 0 && (
          <Flex>
            {templates.map((template) => (
              <Button key={template} variant="link" isInline onClick={() => setText(template)}>
                {template}
              </Button>
            ))}
          </Flex>
        )}
      </Form>
    </Modal>
  );
}

const focus = (input: HTMLTextAreaElement | null) => input?.focus();
