const { createThingSpaceClient, isThingSpaceApiError, unwrap } = require("@thingspace-callbacks/client");
const { program } = require("./program.js");

module.exports = (input) => program({ createThingSpaceClient, isThingSpaceApiError, unwrap }, input);
