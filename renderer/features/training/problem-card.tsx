import { Database } from 'lucide-react';
import type { DataSet } from '#shared/ipc/library.ts';
import { goTo } from '#renderer/lib/navigation.ts';
import { noPricesReason } from '#renderer/lib/portfolio-form.ts';
import { Button } from '#renderer/ui/button.tsx';
import { LeftOut } from '#renderer/ui/left-out.tsx';
import { PortfolioFields } from '#renderer/ui/portfolio-fields.tsx';
import { EmptyState } from '#renderer/ui/states.tsx';
import { LearningFields } from './learning-fields.tsx';
import { type JobForm, noClassesReason } from './spec.ts';

interface Props {
  readonly form: JobForm;
  readonly onChange: (form: JobForm) => void;
  readonly dataSets: readonly DataSet[];
  /** Messages by field of the problem. */
  readonly errors: Readonly<Record<string, string>>;
}

/** The data and what is asked of it. */
export function ProblemCard(props: Props) {
  return (
    <section className="card stack" aria-label="Problem">
      <h3>Problem</h3>
      <ProblemFields {...props} />
    </section>
  );
}

function ProblemFields({ form, onChange, dataSets, errors }: Props) {
  if (form.task === 'portfolio') {
    return form.portfolio === null ? (
      <NoData what="prices with a date column" dataSets={dataSets} reasonOf={noPricesReason} />
    ) : (
      <PortfolioFields
        form={form.portfolio}
        dataSets={dataSets}
        errors={errors}
        onChange={(portfolio) => onChange({ ...form, portfolio })}
      />
    );
  }
  return form.learning === null ? (
    <NoData what="a column of classes" dataSets={dataSets} reasonOf={noClassesReason} />
  ) : (
    <LearningFields
      form={form.learning}
      dataSets={dataSets}
      errors={errors}
      onChange={(learning) => onChange({ ...form, learning })}
    />
  );
}

type NoDataProps = Parameters<typeof LeftOut>[0] & { readonly what: string };

function NoData({ what, ...left }: NoDataProps) {
  return (
    <>
      <EmptyState
        icon={Database}
        title="No data set fits"
        text={`This task needs a data set with ${what}.`}
      >
        <Button onClick={() => goTo('data')}>Import one</Button>
      </EmptyState>
      <LeftOut {...left} />
    </>
  );
}
