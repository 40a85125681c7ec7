// SPDX-License-Identifier: MIT
#include <Poco/Net/HTTPClientSession.smart.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <smartasync/smartasync.hpp>

#include <istream>
#include <iterator>
#include <string>

#include "golden/check.hpp"

namespace {

namespace net = Poco::Net;

class greeting : public net::HTTPRequestHandler {
  void handleRequest(net::HTTPServerRequest& request, net::HTTPServerResponse& response) override {
    const std::string text = "hello from " + request.getURI();
    response.setContentLength(static_cast<std::streamsize>(text.size()));
    response.send() << text;
  }
};

class greetings : public net::HTTPRequestHandlerFactory {
  net::HTTPRequestHandler* createRequestHandler(const net::HTTPServerRequest&) override {
    return new greeting;
  }
};

std::string text_of(std::istream& body) {
  return std::string(std::istreambuf_iterator<char>(body), std::istreambuf_iterator<char>());
}

smartasync::task<void> on_a_loop(Poco::UInt16 port) {
  net::HTTPClientSession session("127.0.0.1", port);
  const smartasync::ref client(session);  // its methods are virtual: there is no facade
  net::HTTPRequest request(net::HTTPRequest::HTTP_GET, "/async");
  net::HTTPResponse response;
  co_await client.sendRequest(request);
  std::istream& body = co_await client.receiveResponse(response);
  CHECK(response.getStatus() == net::HTTPResponse::HTTP_OK);
  CHECK(text_of(body) == "hello from /async");
  co_await client.reset();
  CHECK(!session.connected());
}

}  // namespace

int main() {
  const net::ServerSocket socket(net::SocketAddress("127.0.0.1", 0));
  net::HTTPServer server(new greetings, socket, new net::HTTPServerParams);
  server.start();
  net::HTTPClientSession session("127.0.0.1", socket.address().port());
  const smartasync::ref client(session);
  net::HTTPRequest request(net::HTTPRequest::HTTP_GET, "/sync");
  net::HTTPResponse response;
  client.sendRequest(request).get();
  std::istream& body = client.receiveResponse(response);
  CHECK(text_of(body) == "hello from /sync");
  smartasync::run(on_a_loop(socket.address().port()));
  server.stop();
  return golden::ended_after(4);
}
