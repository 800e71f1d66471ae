// A plugin for `make offline` alone: osls package and deploy never fire its hook.
//
// serverless-offline takes the function's environment as serverless.yml has it, and there the secrets and the table are references
// that only CloudFormation can resolve; it would also unpack the zip, whose numpy is built for another machine.
"use strict";

module.exports = class Offline {
  constructor(serverless) {
    this.hooks = {
      "before:offline:start:init": () => {
        const { service } = serverless;
        delete service.package.artifact;
        for (const name of service.getAllFunctions()) {
          delete service.getFunction(name).package;
          const { environment } = service.getFunction(name);
          if (!environment) continue; // the page's function has no secret
          environment.SLACK_SIGNING_SECRET = process.env.SLACK_SIGNING_SECRET;
          delete environment.SLACK_BOT_TOKEN; // without Slack there is nobody to show a form to
          delete environment.TECHNAME_TABLE; // what is remembered here is remembered in a file
          environment.TECHNAME_STORE = process.env.TECHNAME_STORE || "";
        }
      },
    };
  }
};
