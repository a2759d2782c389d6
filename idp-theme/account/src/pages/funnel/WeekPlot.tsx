import { Flex, FlexItem } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";
import type { FunnelWeek } from "../../api/types";
import { useIsNarrow } from "../../parts/useIsNarrow";
import { counts, plot } from "./plot";
import { weekText } from "./weekText";

const height = 220;
const margin = { left: 36, right: 4, top: 10, bottom: 24 };

/** A picture of what the table says. */
export function WeekPlot({ weeks }: { weeks: FunnelWeek[] }) {
  const { t, i18n } = useTranslation();
  const width = useIsNarrow() ? 320 : 860;
  const { groups, ticks } = plot(weeks, width, height);
  // There is no room for every week's name on a phone.
  const every = width < 500 ? 3 : 1;
  return (
    <figure>
      <svg
        role="img"
        aria-label={t("funnel.plot")}
        className="companion-plot"
        viewBox={`${-margin.left} ${-margin.top} ${width + margin.left + margin.right} ${height + margin.top + margin.bottom}`}
      >
        {ticks.map(({ value, y }) => (
          <g key={value}>
            <line x1={0} x2={width} y1={y} y2={y} />
            <text x={-6} y={y} className="companion-tick">
              {value}
            </text>
          </g>
        ))}
        {groups.map(({ week, middle, bars }, index) => (
          <g key={week}>
            {bars.map(({ count, value, ...place }) => (
              <rect key={count} {...place} className={`companion-step-${count}`}>
                <title>{`${weekText(week, i18n.language)}, ${t(`funnel.count.${count}`)}: ${value}`}</title>
              </rect>
            ))}
            {index % every === 0 && (
              <text x={middle} y={height + 16} className="companion-week">
                {weekText(week, i18n.language)}
              </text>
            )}
          </g>
        ))}
      </svg>
      <Flex component="ul" className="companion-legend">
        {counts.map((count) => (
          <FlexItem component="li" key={count}>
            <svg width="12" height="12" aria-hidden className="companion-plot-key">
              <rect width="12" height="12" className={`companion-step-${count}`} />
            </svg>{" "}
            {t(`funnel.count.${count}`)}
          </FlexItem>
        ))}
      </Flex>
    </figure>
  );
}
