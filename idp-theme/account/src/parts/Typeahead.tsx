import {
  Button,
  MenuToggle,
  Select,
  SelectList,
  SelectOption,
  TextInputGroup,
  TextInputGroupMain,
  TextInputGroupUtilities,
} from "@patternfly/react-core";
import { TimesIcon } from "@patternfly/react-icons";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "../api/Problem";
import { refusalText } from "../api/wording";
import type { FieldProps } from "./Field";

type TypeaheadOption = { value: string; text: string; description?: string };

type Props = {
  field: FieldProps;
  label: string;
  /** What is chosen, in words. */
  text: string;
  options: TypeaheadOption[];
  isLoading: boolean;
  /** Why the search failed; then more is the same again. */
  problem?: Problem;
  placeholder: string;
  /** What is being typed; undefined when the list is closed. */
  onSearch: (search: string | undefined) => void;
  onChoose: (value: string) => void;
  onShowMore?: () => void;
};

/** A list that is filtered by somebody else while one types. */
export function Typeahead(props: Props) {
  const { field, label, text, options, isLoading, problem, placeholder, onShowMore } = props;
  const { t } = useTranslation();
  const list = useList(props);
  const input = useRefusedInput(field);
  const listId = `${field.id}-list`;
  const optionId = (index: number) => `${listId}-${index}`;
  return (
    <Select
      variant="typeahead"
      isOpen={list.isOpen}
      onOpenChange={(open) => !open && list.close()}
      onSelect={(_, index) => list.take(Number(index))}
      popperProps={{ appendTo: "inline" }}
      isScrollable
      toggle={(toggle) => (
        <MenuToggle
          ref={toggle}
          variant="typeahead"
          isFullWidth
          isExpanded={list.isOpen}
          onClick={() => (list.isOpen ? list.close() : list.search(""))}
          status={field.validated === "error" ? "danger" : undefined}
          aria-label={t("companion.openList")}
        >
          <TextInputGroup isPlain>
            <TextInputGroupMain
              ref={input}
              inputId={field.id}
              aria-label={label}
              value={list.typed ?? text}
              placeholder={placeholder}
              autoComplete="off"
              role="combobox"
              isExpanded={list.isOpen}
              aria-controls={listId}
              aria-activedescendant={list.active >= 0 ? optionId(list.active) : undefined}
              onChange={(_, value) => list.search(value)}
              onClick={() => !list.isOpen && list.search("")}
              onKeyDown={list.onKeyDown}
            />
            {text !== "" && (
              <TextInputGroupUtilities>
                <Button variant="plain" onClick={() => list.choose("")} aria-label={t("companion.clear")} icon={<TimesIcon />} />
              </TextInputGroupUtilities>
            )}
          </TextInputGroup>
        </MenuToggle>
      )}
    >
      <SelectList id={listId} aria-busy={isLoading}>
        {options.map(({ value, text, description }, index) => (
          <SelectOption key={value} id={optionId(index)} value={index} isFocused={index === list.active} description={description}>
            {text}
          </SelectOption>
        ))}
        {onShowMore && (
          <SelectOption id={optionId(options.length)} value={options.length} isFocused={list.active === options.length} isLoadButton>
            {t(problem ? "companion.retry" : "companion.showMore")}
          </SelectOption>
        )}
        {problem && !isLoading && <SelectOption isDisabled>{refusalText(t, problem)}</SelectOption>}
        {options.length === 0 && (isLoading || !problem) && (
          <SelectOption isDisabled>{t(isLoading ? "companion.loading" : "companion.nothingFound")}</SelectOption>
        )}
      </SelectList>
    </Select>
  );
}

/** What is typed and which option the keyboard is on; behind the last one is the way to more. */
function useList({ options, onSearch, onChoose, onShowMore }: Props) {
  const [typed, setTyped] = useState<string>();
  const [active, setActive] = useState(-1);
  const isOpen = typed !== undefined;
  const count = options.length + (onShowMore ? 1 : 0);

  const search = (value: string | undefined) => {
    setTyped(value);
    setActive(-1);
    onSearch(value);
  };
  const close = () => search(undefined);
  const choose = (value: string) => {
    close();
    onChoose(value);
  };
  const take = (index: number) => {
    const option = options[index];
    if (option) {
      choose(option.value);
    } else if (index === options.length) {
      onShowMore?.();
    }
  };
  const move = (by: number) => (isOpen ? setActive(step(active, by, count)) : search(""));
  const onKeyDown = (event: KeyboardEvent) => {
    const actions: Record<string, () => void> = { ArrowDown: () => move(1), ArrowUp: () => move(-1), Enter: () => take(active) };
    const action = actions[event.key];
    if (action) {
      event.preventDefault();
      action();
    } else if (event.key === "Tab") {
      close();
    }
  };
  return { typed, active, isOpen, search, close, choose, take, onKeyDown };
}

/** PatternFly's input takes no attributes for errors. */
function useRefusedInput({ "aria-invalid": isInvalid, "aria-describedby": describedBy }: FieldProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.removeAttribute("aria-invalid");
    input.current?.removeAttribute("aria-describedby");
    if (isInvalid) {
      input.current?.setAttribute("aria-invalid", "true");
    }
    if (describedBy) {
      input.current?.setAttribute("aria-describedby", describedBy);
    }
  }, [isInvalid, describedBy]);
  return input;
}

function step(from: number, by: number, count: number): number {
  return count === 0 ? -1 : (from + by + count) % count;
}
