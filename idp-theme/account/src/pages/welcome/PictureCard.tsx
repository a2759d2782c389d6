import { Alert, Button, Card, CardBody, CardTitle, Flex, FlexItem } from "@patternfly/react-core";
import { type ChangeEvent, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { refusalText } from "../../api/wording";
import { squareOf } from "./picture";
import { type Chosen, usePicture } from "./usePicture";

export function PictureCard() {
  const { t } = useTranslation();
  const picture = usePicture();
  const { url, chosen, refusal } = picture;
  return (
    <Card isFlat>
      <CardTitle component="h2">{t("welcome.picture.title")}</CardTitle>
      <CardBody>
        <p className="pf-v5-u-mb-md">{t("welcome.picture.why")}</p>
        <Flex>
          {chosen && <Cut chosen={chosen} />}
          {!chosen && url && <img className="companion-picture" src={url} alt={t("welcome.picture.yours")} />}
          <FlexItem>{chosen ? <Keep chosen={chosen} picture={picture} /> : <Choose picture={picture} />}</FlexItem>
        </Flex>
        {refusal && (
          <Alert isInline isLiveRegion variant="danger" component="p" title={refusalText(t, refusal)} className="pf-v5-u-mt-md" />
        )}
      </CardBody>
    </Card>
  );
}

type PartProps = { picture: ReturnType<typeof usePicture> };

function Choose({ picture: { url, isBusy, choose, remove } }: PartProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const onChange = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    if (file) {
      void choose(file);
    }
    event.target.value = "";
  };
  return (
    <>
      <input ref={input} type="file" accept="image/*" hidden aria-label={t("welcome.picture.file")} onChange={onChange} />
      <Button variant="secondary" onClick={() => input.current?.click()}>
        {t(url ? "welcome.picture.change" : "welcome.picture.choose")}
      </Button>
      {url && (
        <Button variant="link" isDanger isDisabled={isBusy} onClick={() => void remove()}>
          {t("welcome.picture.remove")}
        </Button>
      )}
    </>
  );
}

function Keep({ chosen, picture: { isBusy, move, save, forget } }: PartProps & { chosen: Chosen }) {
  const { t } = useTranslation();
  return (
    <>
      <Position chosen={chosen} onChange={move} />
      <Button isLoading={isBusy} isDisabled={isBusy} onClick={() => void save(chosen)}>
        {t("welcome.picture.save")}
      </Button>
      <Button variant="link" onClick={forget}>
        {t("cancel")}
      </Button>
    </>
  );
}

function Cut({ chosen: { bitmap, position } }: { chosen: Chosen }) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const { x, y, side } = squareOf(bitmap.width, bitmap.height, position);
    canvas.current?.getContext("2d")?.drawImage(bitmap, x, y, side, side, 0, 0, 256, 256);
  }, [bitmap, position]);
  return (
    <canvas ref={canvas} width={256} height={256} className="companion-picture" role="img" aria-label={t("welcome.picture.preview")} />
  );
}

/** Which part of the longer side is kept. */
function Position({ chosen: { bitmap, position }, onChange }: { chosen: Chosen; onChange: (position: number) => void }) {
  const { t } = useTranslation();
  if (bitmap.width === bitmap.height) {
    return null;
  }
  return (
    <p className="pf-v5-u-mb-md">
      <label>
        {t("welcome.picture.position")}{" "}
        <input
          type="range"
          min={0}
          max={1}
          step={0.02}
          value={position}
          className="companion-range"
          onChange={(event) => onChange(Number(event.target.value))}
        />
      </label>
    </p>
  );
}
