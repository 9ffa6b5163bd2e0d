export interface ExampleTab {
  readonly query: string;
  /** JSON. */
  readonly variables: string;
}

const projects = `# Start here: sign in at / first (this page then uses that token), or write one into the tab "Headers" below.
# Take a project's id from the answer for the next tabs.
query Projects {
  me {
    id
    role
  }
  projects(first: 20) {
    edges {
      node {
        id
        name
        protocol {
          readsPerCase
          attributes {
            name
            kind
            minimum
            maximum
          }
        }
      }
    }
  }
}
`;

const claim = `# As an annotator. commandId is yours to choose: the same one again gives the same answer and claims nothing more.
mutation Claim($projectId: ID!, $commandId: ID!) {
  claimNextCase(input: { projectId: $projectId, commandId: $commandId }) {
    __typename
    ... on Claimed {
      caseId
      leaseToken
      leaseEndsAt
      case {
        images {
          id
          rows
          columns
        }
        sentences {
          id
          version
          text {
            es
            en
          }
        }
      }
    }
    ... on Refusal {
      message
    }
  }
}
`;

const submit = `# The case and the leaseToken of the claim, and a box in pixels of the image.
mutation Submit($input: SubmitAnnotationInput!) {
  submitAnnotation(input: $input) {
    __typename
    ... on AnnotationSubmitted {
      annotationId
      revision
      token
    }
    ... on Invalid {
      message
      problems {
        path
        code
        message
      }
    }
    ... on Refusal {
      message
    }
  }
}
`;

const history = `# As an auditor or lead: everything that happened to a case, oldest first.
query History($caseId: ID!) {
  case(id: $caseId) {
    status
    history(first: 50) {
      edges {
        node {
          at
          type
          actorRole
          version
          globalSeq
          eventId
          detail
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
`;

const follow = `# Stays open and prints a frame for each change of the case.
subscription Follow($caseId: ID!) {
  caseChanged(caseId: $caseId) {
    caseId
    type
    at
    resync
  }
}
`;

const exampleAnnotation = {
  commandId: 'graphiql-submit-1',
  caseId: 'FROM THE CLAIM',
  leaseToken: 'FROM THE CLAIM',
  revision: 0,
  annotation: {
    answer: 'FINDINGS',
    regions: [{ key: 'r1', imageId: 'FROM THE CLAIM', system: 'PIXEL', x1: '312', y1: '200.5', x2: '330', y2: '221' }],
    findings: [
      {
        labels: ['nodule'],
        locations: [],
        polarity: 'POSITIVE',
        attributes: [{ name: 'malignancy', number: 3 }],
        regions: ['r1'],
      },
    ],
    imageQualityFlags: [],
    reportQualityFlags: [],
  },
};

/** What GraphiQL opens with: the way of one case from the claim to its history. */
export const exampleTabs: readonly ExampleTab[] = [
  { query: projects, variables: '' },
  { query: claim, variables: inJson({ projectId: 'FROM THE FIRST TAB', commandId: 'graphiql-claim-1' }) },
  { query: submit, variables: inJson({ input: exampleAnnotation }) },
  { query: history, variables: inJson({ caseId: 'FROM THE CLAIM' }) },
  { query: follow, variables: inJson({ caseId: 'FROM THE CLAIM' }) },
];

function inJson(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
