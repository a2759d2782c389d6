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
import type { FieldProps } from "./Field";

export type TypeaheadOption = { value: string; text: string; description?: string };

type Props = {
  field: FieldProps;
  label: string;
  /** What is chosen, in words. */
  text: string;
  options: TypeaheadOption[];
  isLoading: boolean;
  placeholder: string;
  /** What is being typed; undefined when the list is closed. */
  onSearch: (search: string | undefined) => void;
  onChoose: (value: string) => void;
  onShowMore?: () => void;
};

/** A list that is filtered by somebody else while one types. */
export function Typeahead({ field, label, text, options, isLoading, placeholder, onSearch, onChoose, onShowMore }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string>();
  const [active, setActive] = useState(-1);
  const input = useRefusedInput(field);
  const isOpen = typed !== undefined;
  const listId = `${field.id}-list`;
  const count = options.length + (onShowMore ? 1 : 0);
  const optionId = (index: number) => `${listId}-${index}`;

  const search = (value: string | undefined) => {
    setTyped(value);
    setActive(-1);
    onSearch(value);
  };
  const choose = (value: string) => {
    search(undefined);
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
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (isOpen) {
        setActive(step(active, event.key === "ArrowDown" ? 1 : -1, count));
      } else {
        search("");
      }
    } else if (event.key === "Enter") {
      event.preventDefault();
      take(active);
    } else if (event.key === "Tab" || (event.key === "Escape" && isOpen)) {
      search(undefined);
    }
  };

  return (
    <Select
      variant="typeahead"
      isOpen={isOpen}
      onOpenChange={(open) => !open && search(undefined)}
      onSelect={(_, index) => take(Number(index))}
      popperProps={{ appendTo: "inline" }}
      isScrollable
      toggle={(toggle) => (
        <MenuToggle
          ref={toggle}
          variant="typeahead"
          isFullWidth
          isExpanded={isOpen}
          onClick={() => search(isOpen ? undefined : "")}
          status={field.validated === "error" ? "danger" : undefined}
          aria-label={t("companion.openList")}
        >
          <TextInputGroup isPlain>
            <TextInputGroupMain
              ref={input}
              inputId={field.id}
              aria-label={label}
              value={typed ?? text}
              placeholder={placeholder}
              autoComplete="off"
              role="combobox"
              isExpanded={isOpen}
              aria-controls={listId}
              aria-activedescendant={active >= 0 ? optionId(active) : undefined}
              onChange={(_, value) => search(value)}
              onClick={() => !isOpen && search("")}
              onKeyDown={onKeyDown}
            />
            {text !== "" && (
              <TextInputGroupUtilities>
                <Button variant="plain" onClick={() => choose("")} aria-label={t("companion.clear")} icon={<TimesIcon />} />
              </TextInputGroupUtilities>
            )}
          </TextInputGroup>
        </MenuToggle>
      )}
    >
      <SelectList id={listId} aria-busy={isLoading}>
        {options.map((option, index) => (
          <SelectOption key={option.value} id={optionId(index)} value={index} isFocused={index === active} description={option.description}>
            {option.text}
          </SelectOption>
        ))}
        {onShowMore && (
          <SelectOption id={optionId(options.length)} value={options.length} isFocused={active === options.length} isLoadButton>
            {t("companion.showMore")}
          </SelectOption>
        )}
        {options.length === 0 && <SelectOption isDisabled>{t(isLoading ? "companion.loading" : "companion.nothingFound")}</SelectOption>}
      </SelectList>
    </Select>
  );
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
