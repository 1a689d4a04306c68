import { titleOfMetric } from '#shared/jobs/metric-words.ts';
import { countOf, formatNumber, formatPercent } from '#renderer/lib/format.ts';
import {
  confusionOf,
  differenceOf,
  type LearnerMetric,
  learnerMetrics,
  type LearnerResult,
  majorityShareOf,
  type MeanAndError,
} from './learner.ts';

/** How well a learner did on rows that it had not seen, beside its baseline and mere chance. */
export function LearnerView({ result }: { result: LearnerResult }) {
  const { accuracy } = result.metrics.test;
  const folds = result.perFold.length;
  return (
    <>
      <dl className="figures">
        <Headline title="Test accuracy" value={accuracy} />
        <Headline title="Balanced" value={result.metrics.test.balancedAccuracy} />
        <Headline title="AUC" value={result.metrics.test.auc} />
        <Headline title="F1" value={result.metrics.test.f1} />
      </dl>
      <p className="muted">
        Mean ± standard error over the test parts of {countOf(folds, 'fold')}
        {result.data === undefined ? '' : `, ${countOf(result.data.rows, 'row')}`}.
      </p>
      <Chance result={result} />
      <MetricTable result={result} />
      <Confusion result={result} />
      <FoldTable result={result} />
    </>
  );
}

function Headline({ title, value }: { title: string; value: MeanAndError | null | undefined }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd className="number">{withError(value)}</dd>
    </div>
  );
}

/** "0.802 ± 0.014". */
function withError(value: MeanAndError | null | undefined): string {
  if (value === null || value === undefined) return '–';
  const mean = fixed(value.mean);
  return value.stderr === null ? mean : `${mean} ± ${fixed(value.stderr)}`;
}

function fixed(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : value.toFixed(3).replace('-', '−');
}

const unbalanced = 0.6;

/** Accuracy says little where one class is most of the rows. */
function Chance({ result }: { result: LearnerResult }) {
  const share = majorityShareOf(result);
  if (share === null) return null;
  const accuracy = result.metrics.test.accuracy?.mean ?? 0;
  const isNoBetter = accuracy <= share + 0.005;
  if (share < unbalanced) {
    return (
      <p className="note">
        Chance level: accuracy {formatPercent(share)}, balanced accuracy and AUC 50 %.
      </p>
    );
  }
  return (
    <p className={isNoBetter ? 'note note-warn' : 'note'}>
      {formatPercent(share)} of the rows are of one class: always naming it gives accuracy{' '}
      {share.toFixed(3)}
      {isNoBetter ? ', and this learner is no better than that' : ''}. Balanced accuracy and AUC,
      with chance at 0.5, say more.
    </p>
  );
}

function MetricTable({ result }: { result: LearnerResult }) {
  const { baseline } = result;
  return (
    <div className="table-scroll">
      <table className="table" aria-label="Means over the folds">
        <thead>
          <tr>
            <th scope="col">Metric</th>
            <th scope="col" className="right">
              Test
            </th>
            <th scope="col" className="right">
              Training
            </th>
            {baseline === undefined ? null : (
              <>
                <th scope="col" className="right">
                  Baseline ({baseline.algorithm}), test
                </th>
                <th scope="col" className="right">
                  Difference, paired by fold
                </th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {learnerMetrics.map((metric) => (
            <tr key={metric}>
              <th scope="row">{titleOfMetric(metric)}</th>
              <td className="right">{withError(result.metrics.test[metric])}</td>
              <td className="right">{withError(result.metrics.train[metric])}</td>
              {baseline === undefined ? null : (
                <>
                  <td className="right">{withError(baseline.metrics.test[metric])}</td>
                  <td className="right">{withError(differenceOf(result, metric))}</td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Confusion({ result }: { result: LearnerResult }) {
  const counts = confusionOf(result);
  if (counts === null) return null;
  const positive = result.data?.positiveClass ?? '1';
  const names = [`not ${positive}`, positive] as const;
  return (
    <div className="table-scroll">
      <table className="table confusion" aria-label="Confusion matrix">
        <caption className="table-caption">
          Confusion matrix: test rows of all folds by class ({positive} is the positive class)
        </caption>
        <thead>
          <tr>
            <th scope="col">Actual</th>
            {names.map((name) => (
              <th key={name} scope="col" className="right">
                predicted {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((name, actual) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {counts[actual]?.map((count, predicted) => (
                <td key={predicted} className="right">
                  {actual === predicted ? <strong>{count}</strong> : count}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function FoldTable({ result }: { result: LearnerResult }) {
  const { baseline, perFold } = result;
  const cell = (value: number | null | undefined) => <td className="right">{fixed(value)}</td>;
  const head = (metric: LearnerMetric) => (
    <th key={metric} scope="col" className="right">
      {titleOfMetric(metric)}
    </th>
  );
  return (
    <details>
      <summary>By fold</summary>
      <div className="table-scroll">
        <table className="table" aria-label="Test results by fold">
          <thead>
            <tr>
              <th scope="col">Fold</th>
              {learnerMetrics.map(head)}
              {baseline === undefined ? null : (
                <th scope="col" className="right">
                  Accuracy of the baseline
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {perFold.map(({ test }, k) => (
              <tr key={k}>
                <th scope="row">{formatNumber(k + 1)}</th>
                {cell(test.accuracy)}
                {cell(test.balancedAccuracy)}
                {cell(test.auc)}
                {cell(test.f1)}
                {baseline === undefined ? null : cell(baseline.perFold[k]?.test.accuracy)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
