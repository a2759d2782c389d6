import { Button, EmptyState, EmptyStateBody, EmptyStateFooter, EmptyStateHeader } from "@patternfly/react-core";

type Texts = { title: string; body: string; retry: string };

// In the bundle, because this page is also shown when no text could be loaded.
const english: Texts = {
  title: "This page can't be opened right now",
  body: "The server doesn't answer as it should, or the browser keeps no cookies for it. Try again in a moment.",
  retry: "Try again",
};
const german: Texts = {
  title: "Diese Seite kann gerade nicht geöffnet werden",
  body: "Der Server antwortet nicht so, wie er soll, oder der Browser behält seine Cookies nicht. Versuche es gleich noch einmal.",
  retry: "Noch einmal versuchen",
};

/** In place of an empty page when the console could not start. */
export function StartFailed({ locale }: { locale: string }) {
  const texts = /^de\b/.test(locale) ? german : english;
  return (
    <EmptyState>
      <EmptyStateHeader titleText={texts.title} headingLevel="h1" />
      <EmptyStateBody>{texts.body}</EmptyStateBody>
      <EmptyStateFooter>
        <Button onClick={() => location.reload()}>{texts.retry}</Button>
      </EmptyStateFooter>
    </EmptyState>
  );
}
