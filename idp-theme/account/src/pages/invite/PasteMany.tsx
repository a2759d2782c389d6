import { ActionGroup, Alert, Button, FileUpload, Form, FormGroup, Text, TextContent } from "@patternfly/react-core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDrafts, useDraftText } from "../../parts/drafts";
import { decodeText } from "./decodeText";
import { readRows, type ReadRows } from "./readRows";

type Props = { maxRows: number; onRead: (read: ReadRows) => void; onCancel: () => void };

const draft = "paste";

/** A list of people from a text or a file. */
export function PasteMany({ maxRows, onRead, onCancel }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useDraftText(draft);
  const { forget } = useDrafts();
  const [fileName, setFileName] = useState("");
  const read = readRows(text);
  const excess = read.rows.length - maxRows;
  const leave = (how: () => void) => {
    forget(draft);
    how();
  };
  const open = async (file: File) => {
    setFileName(file.name);
    setText(decodeText(await file.arrayBuffer()));
  };
  return (
    <Form>
      <TextContent>
        <Text component="p">{t("invite.paste.explanation", { max: maxRows })}</Text>
      </TextContent>
      <FormGroup label={t("invite.paste.list")} fieldId="invite-paste">
        <FileUpload
          id="invite-paste"
          className="companion-paste"
          type="text"
          value={text}
          filename={fileName}
          filenamePlaceholder={t("invite.paste.drop")}
          browseButtonText={t("invite.paste.browse")}
          clearButtonText={t("invite.paste.clear")}
          hideDefaultPreview={false}
          allowEditingUploadedText
          aria-label={t("invite.paste.list")}
          onFileInputChange={(_, file) => void open(file)}
          onTextChange={(_, text) => setText(text)}
          onClearClick={() => {
            setText("");
            setFileName("");
          }}
          dropzoneProps={{ accept: { "text/csv": [".csv", ".tsv", ".txt"] } }}
        />
      </FormGroup>
      <div aria-live="polite">
        {read.rows.length > 0 && <Text component="p">{t("invite.paste.found", { count: read.rows.length })}</Text>}
        {read.ignoredColumns.length > 0 && (
          <Alert
            isInline
            isPlain
            variant="info"
            component="p"
            title={t("invite.paste.ignored", { columns: read.ignoredColumns.join(", ") })}
          />
        )}
        {excess > 0 && (
          <Alert isInline isPlain variant="danger" component="p" title={t("invite.paste.tooMany", { max: maxRows, count: excess })} />
        )}
      </div>
      <ActionGroup>
        <Button isDisabled={read.rows.length === 0 || excess > 0} onClick={() => leave(() => onRead(read))}>
          {t("invite.paste.use", { count: read.rows.length })}
        </Button>
        <Button variant="link" onClick={() => leave(onCancel)}>
          {t("cancel")}
        </Button>
      </ActionGroup>
    </Form>
  );
}
