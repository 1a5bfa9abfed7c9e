// What is asked of the SDK, and what it is answered. Everything is fixed and made up, so that two
// recordings are the same bytes.

export const app = {
  appId: '00000000-0000-4000-8000-00000000a001',
  appSecret: 'not-a-secret',
  instanceId: '00000000-0000-4000-8000-00000000b001',
};

const KEY = 'appointment_scheduled';
const FIRST = '00000000-0000-4000-8000-00000000c001';
const SECOND = '00000000-0000-4000-8000-00000000c002';
const ACTIVATION = '00000000-0000-4000-8000-00000000d001';
const payload = { appointmentId: FIRST };

/** Calls that are answered `{}`: `[case, function, ...arguments]`. */
export const calls = [
  ['report with a payload only', 'reportEvent', KEY, { payload }],
  ['report without options', 'reportEvent', KEY],
  ['report with an empty payload', 'reportEvent', KEY, { payload: {} }],
  ['report with an external entity id', 'reportEvent', KEY, { payload, externalEntityId: FIRST }],
  ['report with an external entity id that is no GUID', 'reportEvent', KEY, {
    payload,
    externalEntityId: 'appointment-17',
  }],
  ['report with an idempotency key', 'reportEvent', KEY, { payload, idempotency: { key: 'once' } }],
  // The SDK's types say that this is a string.
  ['report with a key and a time to live', 'reportEvent', KEY, {
    payload,
    idempotency: { key: 'once', ttlInMilliseconds: '3600000' },
  }],
  ['report with a time to live as a number, against the types', 'reportEvent', KEY, {
    payload,
    idempotency: { key: 'once', ttlInMilliseconds: 3600000 },
  }],
  ['report with everything', 'reportEvent', KEY, {
    payload,
    externalEntityId: FIRST,
    idempotency: { key: 'once', ttlInMilliseconds: '3600000' },
  }],
  ['report with values of each type', 'reportEvent', KEY, {
    payload: {
      text: 'Zoë, “ünïcødé”, 日本語, 🎈, "quotes", \\, \n',
      empty: '',
      integer: 42,
      negative: -7,
      zero: 0,
      fraction: 19.99,
      large: 9007199254740991,
      yes: true,
      no: false,
      nothing: null,
      startsAt: '2030-06-01T09:30:00+02:00',
      customer: { name: 'Zoë', visits: 3, member: true },
      items: [
        { name: 'Cut', price: 30.5, quantity: 1, paid: false },
        { name: 'Colour', price: 60, quantity: 2, paid: true },
      ],
      notes: [],
      options: {},
    },
  }],
  ['report with keys without an underscore', 'reportEvent', KEY, {
    payload: { id: 'a', createdDate: '2030-06-01T09:30:00Z', updatedDate: '2030-06-02T09:30:00Z' },
  }],
  ['report with keys with an underscore', 'reportEvent', KEY, {
    payload: {
      _id: 'a',
      _createdDate: '2030-06-01T09:30:00Z',
      _updatedDate: '2030-06-02T09:30:00Z',
      _other: 'b',
      customer: { _id: 'c' },
      items: [{ _id: 'd' }],
    },
  }],
  ['report with `_id` beside `id`', 'reportEvent', KEY, { payload: { _id: 'a', id: 'b' } }],
  ['bulk report', 'bulkReportEvent', KEY, [
    { payload: { appointmentId: FIRST } },
    { payload: { appointmentId: SECOND } },
  ]],
  ['bulk report with external entity ids and idempotency', 'bulkReportEvent', KEY, [
    {
      payload: { appointmentId: FIRST },
      externalEntityId: FIRST,
      idempotency: { key: 'first' },
    },
    {
      payload: { appointmentId: SECOND },
      externalEntityId: SECOND,
      idempotency: { key: 'second', ttlInMilliseconds: '3600000' },
    },
  ]],
  ['bulk report of nothing', 'bulkReportEvent', KEY, []],
  ['cancel', 'cancelEvent', KEY, FIRST],
  ['bulk cancel', 'bulkCancelEvent', KEY, [FIRST, SECOND]],
  ['bulk cancel of nothing', 'bulkCancelEvent', KEY, []],
];

const report = ['reportEvent', KEY, { payload }];
const bulkReport = ['bulkReportEvent', KEY, [{ payload }, { payload }]];
const cancel = ['cancelEvent', KEY, FIRST];
const bulkCancel = ['bulkCancelEvent', KEY, [FIRST, SECOND]];

const REQUEST_ID = { 'x-wix-request-id': 'request-1' };
const applicationError = (code, description, data) => ({
  message: description,
  details: { applicationError: { code, description, data } },
});
const answer = (status, body, headers = REQUEST_ID) => ({ status, headers, body });
const bulkAnswer = (successful, failed) => ({
  triggerKey: KEY,
  results: [
    { itemMetadata: { id: FIRST, originalIndex: 0, success: true }, ...successful },
    {
      itemMetadata: {
        originalIndex: 1,
        success: false,
        error: { code: 'REQUIRED_PROPERTY', description: 'made up' },
      },
      ...failed,
    },
  ],
  bulkActionMetadata: { totalSuccesses: 1, totalFailures: 1, undetailedFailures: 0 },
});

/** Answers to a call: `[case, answer, [function, ...arguments]]`. A string is a body as it is. */
export const answers = [
  ['200 with {}', answer(200, {}), report],
  ['200 with activation ids', answer(200, { activationIds: [ACTIVATION] }), report],
  ['200 with a field the SDK does not know', answer(200, { surprise: { id: 1 } }), report],
  ['200 with an empty body', answer(200, ''), report],
  ['200 with a body that is not JSON', answer(200, 'ok'), report],
  ['200 that asks for consistency', answer(200, {}, { 'x-wix-consistent': 'state-1' }), report],
  ['201 with activation ids', answer(201, { activationIds: [ACTIVATION] }), report],
  ['204', answer(204, ''), report],
  ['400 with an application error',
    answer(400, applicationError('REQUIRED_PROPERTY', 'made up', { property: 'a' })), report],
  ['400 with an application error without data',
    answer(400, applicationError('REQUIRED_PROPERTY', 'made up')), report],
  ['400 with a validation error', answer(400, {
    message: 'made up',
    details: {
      validationError: {
        fieldViolations: [
          { field: 'externalEntityId', description: 'made up', violatedRule: 'FORMAT' },
          { field: 'idempotency.key', description: 'made up', violatedRule: 'MAX_LENGTH' },
        ],
      },
    },
  }), report],
  ['400 with an empty body', answer(400, ''), report],
  ['401', answer(401, { message: 'made up', details: {} }), report],
  ['403', answer(403, { message: 'made up', details: {} }), report],
  ['404 with an HTML page', answer(404, '<h1>Not Found</h1>'), report],
  ['428 with an application error',
    answer(428, applicationError('SCHEMA_VALIDATION_FAILED', 'made up')), report],
  ['429', answer(429, { message: 'made up', details: {} }), report],
  ['429 with Retry-After', answer(429, '', { ...REQUEST_ID, 'retry-after': '1' }), report],
  ['500', answer(500, { message: '', details: {} }), report],
  ['500 without a request id', answer(500, { message: '', details: {} }, {}), report],
  ['503 with an empty body', answer(503, ''), report],
  ['the connection is cut', 'cut', report],
  ['bulk report, one item failed', answer(200, bulkAnswer(
    { eventInfo: { payload: { id: 'a' } }, activationIds: [ACTIVATION] },
    {},
  )), bulkReport],
  ['cancel, {}', answer(200, {}), cancel],
  ['cancel, empty body', answer(200, ''), cancel],
  ['bulk cancel, one item failed', answer(200, bulkAnswer(
    { externalEntityId: FIRST },
    { externalEntityId: SECOND },
  )), bulkCancel],
];

/** The token server's usual answer; the real one's token lives for 14400 seconds, too. */
export const token = answer(200, {
  access_token: 'not-a-token',
  token_type: 'Bearer',
  expires_in: 14400,
});

/** Answers to the first token call: `[case, answer]`. */
export const tokenAnswers = [
  ['200', token],
  ['200, expired at once', answer(200, { access_token: 'not-a-token', expires_in: 0 })],
  ['200 without expires_in', answer(200, { access_token: 'not-a-token' })],
  ['200 with an empty body', answer(200, '')],
  ['201', { ...token, status: 201 }],
  ['400', answer(400, { error: 'invalid_request', error_description: 'made up' })],
  ['401', answer(401, { error: 'invalid_client', error_description: 'made up' })],
  ['429', answer(429, '')],
  ['500', answer(500, { message: '', details: {} })],
];
